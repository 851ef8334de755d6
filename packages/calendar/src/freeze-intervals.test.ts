import type { FreezePolicy } from '@sallyport/policy';
import { describe, expect, it } from 'vitest';
import { freezeIntervals } from './freeze-intervals.ts';

const at = (text: string): number => Date.parse(text);
const terms = { name: 'f', zone: 'America/Los_Angeles', owner: '@dia', reason: 'peak season' };
const once = (from: string, to: string | null): FreezePolicy => ({ ...terms, from, to });
const yearly = (from: string, to: string): FreezePolicy => ({ ...terms, every: 'year', from, to });
const told = (freeze: FreezePolicy, from: number, to: number): readonly string[] => freezeIntervals(freeze, from, to).map((one) => `${short(one.from)}/${short(one.to)}`);
const short = (instant: number): string => (instant === Infinity ? 'for good' : new Date(instant).toISOString().slice(0, 16));

const holidays = once('2026-12-19T00:00', '2027-01-04T00:00');
const [begins, ends] = [at('2026-12-19T08:00Z'), at('2027-01-04T08:00Z')];

describe('a freeze touches a span', () => {
  it.each([
    ['not where the span ends as it begins', begins - 1000, begins, false],
    ['where the span ends an instant later', begins - 1000, begins + 1, true],
    ['where the span begins an instant before it ends', ends - 1, ends + 1000, true],
    ['not where the span begins as it ends', ends, ends + 1000, false],
  ])('%s', (_name, from, to, expected) => {
    expect(told(holidays, from, to)).toEqual(expected ? ['2026-12-19T08:00/2027-01-04T08:00'] : []);
  });

  it('for good when it has no end', () => {
    expect(told(once('2026-12-19T00:00', null), at('2090-01-01T00:00Z'), at('2090-01-02T00:00Z'))).toEqual(['2026-12-19T08:00/for good']);
  });

  it.each([
    ['whose only hour is left out by the clock', once('2026-03-08T02:00', '2026-03-08T03:00')],
    ['that the clock makes end before it begins', once('2026-03-08T02:30', '2026-03-08T03:00')],
    ['that begins and ends on a date that the zone skipped', { ...once('2011-12-30T01:00', '2011-12-30T23:00'), zone: 'Pacific/Apia' }],
  ])('never, one %s', (_name, freeze) => {
    expect(told(freeze, at('2000-01-01T00:00Z'), at('2030-01-01T00:00Z'))).toEqual([]);
  });
});

describe('a freeze of every year', () => {
  it.each([
    ['ends in the same year when its end is later in the year', yearly('06-01T00:00', '06-10T00:00'), ['2026-06-01T07:00/2026-06-10T07:00']],
    ['ends in the next year when its end is earlier in the year', yearly('12-19T00:00', '01-04T00:00'), ['2025-12-19T08:00/2026-01-04T08:00', '2026-12-19T08:00/2027-01-04T08:00']],
    ['goes by the minute on one date', yearly('06-01T12:00', '06-01T12:01'), ['2026-06-01T19:00/2026-06-01T19:01']],
    ['begins at the skip of 29 February in a year without one', yearly('02-29T00:00', '03-02T00:00'), ['2026-03-01T08:00/2026-03-02T08:00']],
  ])('%s', (_name, freeze, expected) => {
    expect(told(freeze, at('2026-01-01T00:00Z'), at('2027-01-01T00:00Z'))).toEqual(expected);
  });

  it('is found on the last evening of a zone behind UTC, when it began in the year before by its own clock', () => {
    expect(told(yearly('12-31T20:00', '12-31T19:00'), at('2027-01-01T02:00Z'), at('2027-01-01T02:01Z'))).toEqual(['2026-01-01T04:00/2027-01-01T03:00']);
  });

  it('is found on the first morning of a zone ahead of UTC, when UTC’s year has not begun', () => {
    expect(told({ ...yearly('01-01T00:00', '01-02T00:00'), zone: 'Pacific/Kiritimati' }, at('2026-12-31T12:00Z'), at('2026-12-31T12:01Z'))).toEqual(['2026-12-31T10:00/2027-01-01T10:00']);
  });
});
