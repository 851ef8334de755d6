import { describe, expect, it } from 'vitest';
import { calendarFile, eventFile, eventLines, losAngelesLines } from './calendar-file.fixture.ts';
import { parseFeed } from './parse-feed.ts';
import type { FeedOptions } from './parse-feed.ts';

const range = { from: Date.parse('2026-12-01T00:00Z'), to: Date.parse('2027-01-01T00:00Z'), zone: 'UTC' } as const;
const los = ';TZID=America/Los_Angeles';

function costOf(file: string): number {
  const result = parseFeed(file, range);
  if (!result.ok) throw new Error(result.problems.map(({ message }) => message).join(' '));
  return result.steps;
}
const startsOf = (file: string, within: Pick<FeedOptions, 'from' | 'to'> = range): readonly string[] => {
  const result = parseFeed(file, { ...range, ...within });
  return result.ok ? result.intervals.map(({ from }) => new Date(from).toISOString().slice(0, 16)) : result.problems.map(({ code }) => code);
};

describe('what reading an event costs', () => {
  it.each<[string, string, number]>([
    ['nothing for one that is over before the range', eventFile(`DTSTART${los}:20200101T000000`, `DTEND${los}:20200102T000000`), 0],
    ['nothing for one that comes after the range', eventFile(`DTSTART${los}:20300101T000000`, 'DURATION:P1D'), 0],
    ['a look for each of start and end, and two for the length, of one within it', eventFile(`DTSTART${los}:20261205T000000`, `DTEND${los}:20261206T000000`), 4],
    ['a look for each of start and end of one with a duration', eventFile(`DTSTART${los}:20261205T000000`, 'DURATION:P1D'), 2],
    ['no look for the length of whole days', eventFile('DTSTART;VALUE=DATE:20261205', 'DTEND;VALUE=DATE:20261207'), 2],
    ['more for one that began years ago and lasts', eventFile(`DTSTART${los}:20200101T000000`, `DTEND${los}:20261215T000000`), 202],
    ['more for one that goes on for years', eventFile(`DTSTART${los}:20261215T000000`, `DTEND${los}:20300101T000000`), 202],
    ['no more for one that began 400 days before the range', eventFile(`DTSTART${los}:20251027T000000`, `DTEND${los}:20261215T000000`), 4],
    ['no more for one that ends 400 days after it', eventFile(`DTSTART${los}:20261215T000000`, `DTEND${los}:20280205T000000`), 4],
    ['two looks for the length of a further period, and two for itself', eventFile(`DTSTART${los}:20261205T000000`, 'DURATION:P1D', `RDATE;VALUE=PERIOD${los}:20261210T000000/20261211T000000`), 6],
    ['a look for the end of a rule in UTC near the range, besides the days of its one week', eventFile(`DTSTART${los}:20261205T000000`, 'DURATION:P1D', 'RRULE:FREQ=WEEKLY;UNTIL=20261205T080000Z'), 11],
    ['none for the end of a rule in UTC far from it, besides the days of its one month', eventFile(`DTSTART${los}:20261205T000000`, 'DURATION:P1D', 'RRULE:FREQ=YEARLY;INTERVAL=2;UNTIL=20301205T080000Z'), 34],
    ['a look for an exception near the range', eventFile(`DTSTART${los}:20261205T000000`, 'DURATION:P1D', `EXDATE${los}:20261206T000000`), 3],
    ['none for an exception far from it', eventFile(`DTSTART${los}:20261205T000000`, 'DURATION:P1D', `EXDATE${los}:20200101T000000`, `EXDATE${los}:20300101T000000`), 2],
    ['two looks for a further date near the range', eventFile(`DTSTART${los}:20261205T000000`, 'DURATION:P1D', `RDATE${los}:20261210T000000`), 4],
    ['none for a further date far from it', eventFile(`DTSTART${los}:20261205T000000`, 'DURATION:P1D', `RDATE${los}:20200101T000000`, `RDATE${los}:20300101T000000`), 2],
  ])('%s', (_name, file, steps) => {
    expect(costOf(file)).toBe(steps);
  });
});

describe('which occurrences are found', () => {
  it.each<[string, string, readonly string[]]>([
    ['one that ends a second into the range', eventFile('DTSTART:20261130T000000Z', 'DTEND:20261201T000001Z'), ['2026-11-30T00:00']],
    ['one that begins a second before its end', eventFile('DTSTART:20261231T235959Z', 'DURATION:PT1H'), ['2026-12-31T23:59']],
    ['none that only touches it', eventFile('DTSTART:20261130T000000Z', 'DTEND:20261201T000000Z', 'RDATE:20270101T000000Z'), []],
    ['none that was over years before', eventFile('DTSTART:20200101T000000Z', 'DTEND:20200101T060000Z'), []],
    ['none that comes years after, by its duration', eventFile('DTSTART:20300101T000000Z', 'DURATION:PT6H'), []],
    ['one of a zone whose clock is a day ahead, as the range begins', eventFile('DTSTART;TZID=Pacific/Kiritimati:20261201T130000', 'DURATION:PT2H'), ['2026-11-30T23:00']],
    ['one of a zone whose clock is behind, as the range ends', eventFile('DTSTART;TZID=Pacific/Pago_Pago:20261231T125900', 'DURATION:PT2H'), ['2026-12-31T23:59']],
    ['a rule of a zone whose clock is a day ahead, to the end of the range', eventFile('DTSTART;TZID=Pacific/Kiritimati:20261231T130000', 'DURATION:PT1H', 'RRULE:FREQ=DAILY'), ['2026-12-30T23:00', '2026-12-31T23:00']],
    ['a rule of a zone whose clock is behind, from the beginning of the range', eventFile('DTSTART;TZID=Pacific/Pago_Pago:20261101T133000', 'DURATION:PT1H', 'RRULE:FREQ=DAILY;UNTIL=20261202T000000Z'), ['2026-12-01T00:30']],
    ['further dates without any rule, the start among them once', eventFile('DTSTART:20261205T060000Z', 'DURATION:PT1H', 'RDATE:20261205T060000Z,20261206T060000Z'), ['2026-12-05T06:00', '2026-12-06T06:00']],
    ['further dates of an event that began years ago', eventFile('DTSTART:20200101T060000Z', 'DURATION:PT1H', 'RDATE:20261206T060000Z'), ['2026-12-06T06:00']],
    ['a further period that is longer than the event', eventFile('DTSTART:20200101T060000Z', 'DURATION:PT1H', 'RDATE;VALUE=PERIOD:20261101T000000Z/20261202T000000Z'), ['2026-11-01T00:00']],
    ['no further period that is taken out', eventFile('DTSTART:20200101T060000Z', 'DURATION:PT1H', 'RDATE;VALUE=PERIOD:20261101T000000Z/20261202T000000Z', 'EXDATE:20261101T000000Z'), []],
    ['a rule until a time in UTC, by the clock of the event', eventFile(`DTSTART${los}:20261203T200000`, 'DURATION:PT1H', 'RRULE:FREQ=DAILY;UNTIL=20261205T040000Z'), ['2026-12-04T04:00', '2026-12-05T04:00']],
    ['a rule until a date, to its end', eventFile(`DTSTART${los}:20261203T235959`, 'DURATION:PT1H', 'RRULE:FREQ=DAILY;UNTIL=20261204'), ['2026-12-04T07:59', '2026-12-05T07:59']],
    ['a rule until a date, and nothing on the midnight after it', eventFile(`DTSTART${los}:20261203T000000`, 'DURATION:PT1H', 'RRULE:FREQ=DAILY;UNTIL=20261204'), ['2026-12-03T08:00', '2026-12-04T08:00']],
    ['a rule until a time by the clock of the event', eventFile(`DTSTART${los}:20261203T200000`, 'DURATION:PT1H', 'RRULE:FREQ=DAILY;UNTIL=20261204T200000'), ['2026-12-04T04:00', '2026-12-05T04:00']],
    ['a rule of long events that began before the range', eventFile('DTSTART:20260101T000000Z', 'DURATION:P20D', 'RRULE:FREQ=MONTHLY;COUNT=12'), ['2026-12-01T00:00']],
    ['the longest of two that begin at once', eventFile('DTSTART:20261205T060000Z', 'DURATION:PT1H', 'RDATE;VALUE=PERIOD:20261205T060000Z/PT3H'), ['2026-12-05T06:00']],
    ['nothing where an event ends as it begins', eventFile('DTSTART:20261205T060000Z', 'DTEND:20261205T060000Z'), ['empty-event']],
    ['nothing where an event of years ago ends as it begins', eventFile('DTSTART:20200105T060000Z', 'DTEND:20200105T060000Z'), ['empty-event']],
    ['nothing where an event of years ago ends before it begins', eventFile('DTSTART:20200105T060000Z', 'DTEND:20200104T060000Z'), ['empty-event']],
    ['nothing where a further period ends before it begins', eventFile('DTSTART:20261205T060000Z', 'DURATION:PT1H', 'RDATE;VALUE=PERIOD:20261205T060000Z/20261204T060000Z'), ['empty-event']],
    ['events of two series apart from each other', calendarFile(...eventLines('DTSTART:20261205T060000Z', 'DURATION:PT1H'), ...eventLines('DTSTART:20261204T060000Z', 'DURATION:PT1H').map((line) => line.replace('UID:', 'UID:other-'))), ['2026-12-04T06:00', '2026-12-05T06:00']],
  ])('%s', (_name, file, starts) => {
    expect(startsOf(file)).toEqual(starts);
  });

  it.each<[string, string, string, string, readonly string[]]>([
    ['in the middle of years that are asked for', '2025-06-01', '2028-06-01', eventFile('DTSTART;TZID=Asia/Tokyo:20261203T060000', 'DURATION:PT1H', 'RRULE:FREQ=DAILY;UNTIL=20261203T210000Z'), ['2026-12-02T21:00', '2026-12-03T21:00']],
    ['at the beginning of them', '2026-12-01', '2028-12-01', eventFile('DTSTART;TZID=Asia/Tokyo:20261203T060000', 'DURATION:PT1H', 'RRULE:FREQ=DAILY;UNTIL=20261203T210000Z'), ['2026-12-02T21:00', '2026-12-03T21:00']],
    ['at the end of them', '2025-01-01', '2027-01-01', eventFile(`DTSTART${los}:20261203T200000`, 'DURATION:PT1H', 'RRULE:FREQ=DAILY;UNTIL=20261205T035959Z'), ['2026-12-04T04:00']],
    ['years before, and its last time is not over', '2026-12-01', '2027-01-01', eventFile('DTSTART;TZID=Asia/Tokyo:20230105T060000', 'DURATION:P730D', 'RRULE:FREQ=YEARLY;UNTIL=20250104T210000Z'), ['2025-01-04T21:00']],
  ])('those of a rule whose end in UTC is %s, by the clock of the event', (_name, from, to, file, starts) => {
    expect(startsOf(file, { from: Date.parse(`${from}T00:00Z`), to: Date.parse(`${to}T00:00Z`) })).toEqual(starts);
  });

  it('are none where only the end is in a zone that the file has otherwise than the database', () => {
    const outOfDate = losAngelesLines.map((line) => line.replace('-0800', '-0900').replace('-0700', '-0800'));
    expect(startsOf(calendarFile(...outOfDate, ...eventLines('DTSTART:20261205T000000Z', `DTEND${los}:20261205T120000`)))).toEqual(['zone-disagrees']);
    expect(startsOf(calendarFile(...losAngelesLines, ...eventLines('DTSTART:20261205T000000Z', `DTEND${los}:20261205T120000`)))).toEqual(['2026-12-05T00:00']);
  });

  it('the longest of two that begin at once lasts until its own end', () => {
    const result = parseFeed(eventFile('DTSTART:20261205T060000Z', 'DURATION:PT1H', 'RDATE;VALUE=PERIOD:20261205T060000Z/PT3H'), range);
    expect(result.ok && result.intervals.map(({ to }) => new Date(to).toISOString())).toEqual(['2026-12-05T09:00:00.000Z']);
  });

  it.each([
    ['its length', eventFile(`DTSTART${los}:20261205T000000`, `DTEND${los}:20261206T000000`), 1],
    ['its occurrence', eventFile(`DTSTART${los}:20261205T000000`, 'DURATION:P1D'), 1],
    ['an exception', eventFile(`DTSTART${los}:20261205T000000`, 'DURATION:P1D', `EXDATE${los}:20261206T000000`), 0],
    ['a rule', eventFile(`DTSTART${los}:20261205T000000`, 'DURATION:P1D', 'RRULE:FREQ=DAILY'), 5],
    ['the end of a rule', eventFile(`DTSTART${los}:20261205T000000`, 'DURATION:P1D', 'RRULE:FREQ=DAILY;UNTIL=20261205T080000Z'), 0],
  ])('is refused when the steps do not last for %s', (_name, file, maximumSteps) => {
    const result = parseFeed(file, { ...range, limits: { maximumSteps } });
    expect(result.ok ? [] : result.problems.map(({ code, line }) => [code, typeof line])).toEqual([['too-many-steps', 'number']]);
  });

  it('are refused once when the steps do not last for the first of several', () => {
    const file = calendarFile(...['one', 'two'].flatMap((name) => eventLines('DTSTART:20261205T060000Z', 'DURATION:PT1H').map((line) => line.replace('UID:', `UID:${name}-`))));
    expect(parseFeed(file, { ...range, limits: { maximumSteps: 1 } })).toMatchObject({ ok: false, problems: [{ code: 'too-many-steps', line: 4 }] });
  });
});
