import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendarFile, eventFile, eventLines, losAngelesLines } from './calendar-file.fixture.ts';
import { defaultFeedLimits } from './feed-limits.ts';
import { parseFeed } from './parse-feed.ts';
import type { FeedResult } from './parse-feed.ts';

const options = { from: Date.parse('2026-01-01T00:00Z'), to: Date.parse('2027-01-01T00:00Z'), zone: 'America/Los_Angeles' } as const;

const whole = calendarFile(
  ...losAngelesLines,
  ...eventLines('DTSTART;TZID=America/Los_Angeles:20260103T060000', 'DTEND;TZID=America/Los_Angeles:20260103T120000', 'RRULE:FREQ=WEEKLY;COUNT=20', 'EXDATE;TZID=America/Los_Angeles:20260110T060000'),
  ...eventLines('RECURRENCE-ID;TZID=America/Los_Angeles:20260117T060000', 'DTSTART:20260118T000000Z', 'DURATION:PT1H'),
  ...eventLines('DTSTART;VALUE=DATE:20261224', 'DURATION:P3D', 'RDATE;VALUE=DATE:20261230').map((line) => line.replace('freeze@', 'days@')),
);

/** What holds of every answer, whatever was read. */
function expectSound(result: FeedResult): void {
  expect(result.steps).toBeLessThanOrEqual(defaultFeedLimits.maximumSteps);
  if (result.ok) expect(result.intervals.filter(({ from, to }) => !(from < to && from < options.to && to > options.from))).toEqual([]);
  else expect(result.problems.filter(({ message }) => message.length > 700 || /\p{Cc}/u.test(message))).toEqual([]);
}

type Mutation = (text: string) => string;
const anyPlace = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
const cut = (text: string, place: number): number => Math.floor(place * text.length);
const lineMutation = (change: (lines: string[], index: number) => void) => (place: number): Mutation => (text) => {
  const lines = text.split('\r\n');
  change(lines, Math.floor(place * lines.length));
  return lines.join('\r\n');
};
const anyMutation: fc.Arbitrary<Mutation> = fc.oneof(
  anyPlace.map(lineMutation((lines, index) => lines.splice(index, 1))),
  anyPlace.map(lineMutation((lines, index) => lines.splice(index, 0, lines[index] ?? ''))),
  anyPlace.map(lineMutation((lines, index) => (lines[index] = ` ${lines[index] ?? ''}`))),
  fc.tuple(anyPlace, fc.string({ unit: 'binary', minLength: 1, maxLength: 3 })).map(([place, piece]): Mutation => (text) => text.slice(0, cut(text, place)) + piece + text.slice(cut(text, place))),
  fc.tuple(anyPlace, fc.constantFrom('9', '0', '-', 'Z', ';', ':', ',', '"', '=', 'DAILY', '\n', '999999')).map(([place, piece]): Mutation => (text) => text.slice(0, cut(text, place)) + piece + text.slice(cut(text, place) + piece.length)),
  anyPlace.map((place): Mutation => (text) => text.slice(0, cut(text, place))),
);

describe('parseFeed of anything', () => {
  it('random bytes are problems', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const result = parseFeed(bytes, options);
        expect(result.ok).toBe(false);
        expectSound(result);
      }),
      { numRuns: 500 },
    );
  });

  it('a random inside of a calendar is a problem or counts', () => {
    const anyLine = fc.tuple(fc.constantFrom('DTSTART', 'DTEND', 'DURATION', 'RRULE', 'RDATE', 'EXDATE', 'RECURRENCE-ID', 'STATUS', 'UID', 'SUMMARY'), fc.constantFrom('', ';VALUE=DATE', ';TZID=America/Los_Angeles', ';VALUE=PERIOD'), fc.oneof(fc.string(), fc.constantFrom('20260103T060000', '20260103', '20260103T070000Z', 'PT1H', 'P1D', 'FREQ=DAILY', 'FREQ=YEARLY;BYDAY=-1SU'))).map(([name, parameters, value]) => `${name}${parameters}:${value}`);
    fc.assert(
      fc.property(fc.array(anyLine, { maxLength: 6 }), (lines) => expectSound(parseFeed(eventFile(...lines), options))),
      { numRuns: 500 },
    );
  });

  it('a changed calendar never throws and never loses everything in silence', () => {
    const before = parseFeed(whole, options);
    expect(before).toMatchObject({ ok: true });
    fc.assert(
      fc.property(fc.array(anyMutation, { minLength: 1, maxLength: 4 }), (mutations) => {
        const text = mutations.reduce((changed, mutate) => mutate(changed), whole);
        const result = parseFeed(text, options);
        expectSound(result);
        // What may be gone is what the text no longer names, was cancelled, or was put out of the range.
        if (result.ok) expect(result.intervals.length > 0 || !text.includes('2026')).toBe(true);
      }),
      { numRuns: 1500 },
    );
  });

  it('a calendar that was cut off anywhere is a problem', () => {
    const body = whole.trimEnd();
    const taken = Array.from({ length: body.length }, (_, length) => length).filter((length) => parseFeed(body.slice(0, length), options).ok);
    expect(taken).toEqual([]);
  });
});

describe('what is made to cost', () => {
  it.each<[string, string, string]>([
    ['a rule of every second', eventFile('DTSTART:19700101T000000Z', 'DURATION:PT1S', 'RRULE:FREQ=SECONDLY'), 'recurrence'],
    ['a count that takes longer than the budget', calendarFile(...Array.from({ length: 600 }, (_, index) => eventLines('DTSTART:19700101T000000Z', 'DURATION:PT1H', 'RRULE:FREQ=DAILY;COUNT=1000000').map((line) => line.replace('freeze@', `${index}@`))).flat()), 'too-many-steps'],
    ['thousands of rules in one event', eventFile('DTSTART:20250101T000000Z', 'DURATION:PT1H', ...Array.from({ length: 3000 }, () => 'RRULE:FREQ=DAILY')), 'too-many-steps'],
    ['an occurrence that lasts forever, every day since long ago', eventFile('DTSTART:00010101T000000Z', 'DURATION:P999999D', 'RRULE:FREQ=DAILY'), 'too-many-steps'],
    ['starts in thousands of years', calendarFile(...Array.from({ length: 6000 }, (_, index) => eventLines(`DTSTART;TZID=America/Los_Angeles:${String(index + 2100)}0101T000000`, 'DURATION:PT1H', 'RRULE:FREQ=YEARLY').map((line) => line.replace('freeze@', `${index}@`))).flat()), 'ok'],
    ['ends in thousands of years', calendarFile(...Array.from({ length: 6000 }, (_, index) => eventLines('DTSTART;TZID=America/Los_Angeles:20260101T000000', `DTEND;TZID=America/Los_Angeles:${String(index + 2100)}0101T000000`).map((line) => line.replace('freeze@', `${index}@`))).flat()), 'too-many-steps'],
  ])('%s is told within the budget', (_name, file, expected) => {
    const result = parseFeed(file, { ...options, limits: { maximumBytes: 4 * 1024 * 1024 } });
    expectSound(result);
    expect(result.ok ? 'ok' : result.problems[0].code).toBe(expected);
    expect(result.ok || result.problems.length).toBe(result.ok || 1);
  });
});
