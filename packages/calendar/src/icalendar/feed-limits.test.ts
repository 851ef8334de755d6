import { describe, expect, it } from 'vitest';
import { calendarFile, eventFile, eventLines } from './calendar-file.fixture.ts';
import { parseFeed } from './parse-feed.ts';

const options = { from: Date.parse('2026-01-01T00:00Z'), to: Date.parse('2027-01-01T00:00Z'), zone: 'America/Los_Angeles' } as const;

describe('the limits of a feed', () => {
  it('more events than allowed are told', () => {
    const file = calendarFile(...Array.from({ length: 4 }, () => eventLines('DTSTART:20260101T000000Z', 'DURATION:PT1H')).flat());
    expect(parseFeed(file, { ...options, limits: { maximumEvents: 3 } })).toMatchObject({ ok: false, problems: [{ code: 'too-many-events', line: 22 }] });
  });

  it('more problems than allowed are counted', () => {
    const file = eventFile(...Array.from({ length: 100 }, () => 'no line'));
    const result = parseFeed(file, { ...options, limits: { maximumProblems: 10 } });
    expect(result.ok ? [] : result.problems.map(({ code }) => code)).toEqual([...Array.from({ length: 10 }, () => 'content-line'), 'too-many-problems']);
  });

  it.each([
    ['one byte more than allowed', 'x'.repeat(1024 * 1024 + 1)],
    ['characters of more bytes than allowed', 'ü'.repeat(512 * 1024 + 1)],
    ['50 MB', new Uint8Array(50 * 1024 * 1024)],
  ])('%s is not read at all', (_name, input) => {
    expect(parseFeed(input, options)).toEqual({ ok: false, problems: [{ code: 'too-large', line: null, message: expect.stringContaining('1048576 bytes') as string }], steps: 0 });
  });

  it('a file of just as many bytes as allowed is read', () => {
    expect(parseFeed('x'.repeat(1024 * 1024), options)).toMatchObject({ problems: [{ code: 'not-a-calendar' }] });
  });
});
