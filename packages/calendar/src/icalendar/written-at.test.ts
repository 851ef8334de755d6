import { describe, expect, it } from 'vitest';
import { calendarFile, eventLines } from './calendar-file.fixture.ts';
import { parseComponents } from './component-tree.ts';
import { writtenAt } from './written-at.ts';

const writtenOf = (file: string): string | null => {
  const lines = file.split('\r\n').slice(0, -1).map((text, index) => ({ line: index + 1, text }));
  const at = writtenAt(parseComponents(lines, 3, () => undefined));
  return at === null ? null : new Date(at).toISOString().slice(0, 10);
};

describe('when a file was written', () => {
  it.each<[string, string, string | null]>([
    ['is the newest DTSTAMP, wherever it stands', calendarFile(...eventLines('DTSTAMP:20261101T000000Z'), ...eventLines('DTSTAMP: 20261103T000000Z '), ...eventLines('DTSTAMP:20261102T000000Z')), '2026-11-03'],
    ['is no other time of an event', calendarFile(...eventLines('DTSTAMP:20261101T000000Z', 'LAST-MODIFIED:20261102T000000Z', 'DTSTART:20261205T000000Z')), '2026-11-01'],
    ['is not told by a DTSTAMP that is no time', calendarFile(...eventLines('DTSTAMP:soon'), ...eventLines('DTSTAMP:20261101T000000Z')), '2026-11-01'],
    ['is not told by one in no zone', calendarFile(...eventLines('DTSTAMP:20261101T000000')), null],
    ['is the LAST-MODIFIED of the calendar before all', calendarFile('LAST-MODIFIED:20261030T000000Z', ...eventLines('DTSTAMP:20261101T000000Z')), '2026-10-30'],
  ])('%s', (_name, file, expected) => {
    expect(writtenOf(file)).toBe(expected);
  });
});
