import type { FreezePolicy } from '@sallyport/policy';
import { describe, expect, it } from 'vitest';
import { freezesAt } from './freezes-at.ts';

const at = (text: string): number => Date.parse(text);
const terms = { name: 'holidays', zone: 'America/Los_Angeles', owner: '@dia', reason: 'peak season' };
const yearly: FreezePolicy = { ...terms, every: 'year', from: '12-19T00:00', to: '01-04T00:00' };
/** An hour in which nothing is frozen, on the last day of the year. */
const allYear: FreezePolicy = { ...terms, name: 'all-year', every: 'year', from: '12-31T20:00', to: '12-31T19:00' };
const openEnded: FreezePolicy = { ...terms, name: 'stop', from: '2026-12-01T00:00', to: null };

describe('freezesAt', () => {
  it('gives every freeze in force with its bounds, in the order given', () => {
    expect(freezesAt([openEnded, yearly], at('2027-01-02T12:00:00Z'))).toEqual([
      { name: 'stop', owner: '@dia', reason: 'peak season', since: at('2026-12-01T08:00:00Z'), until: null, freeze: openEnded },
      { name: 'holidays', owner: '@dia', reason: 'peak season', since: at('2026-12-19T08:00:00Z'), until: at('2027-01-04T08:00:00Z'), freeze: yearly },
    ]);
  });

  it.each([
    ['in its first year', yearly, '2026-12-19T08:00:00Z', '2026-12-19T08:00:00Z'],
    ['in the year in which it ends', yearly, '2027-01-04T07:59:59.999Z', '2026-12-19T08:00:00Z'],
    ['in UTC’s third year', allYear, '2027-01-01T02:59:59.999Z', '2026-01-01T04:00:00Z'],
    ['in the last year that has four digits', yearly, '9999-12-25T00:00:00Z', '9999-12-19T08:00:00Z'],
  ] as const)('knows when a yearly freeze began: %s', (_name, freeze, instant, since) => {
    expect(freezesAt([freeze], at(instant)).map((one) => one.since)).toEqual([at(since)]);
  });

  it.each([
    ['a millisecond before', yearly, '2026-12-19T07:59:59.999Z'],
    ['when it ends', yearly, '2027-01-04T08:00:00.000Z'],
    ['in the hour that it leaves', allYear, '2027-01-01T03:30:00.000Z'],
    ['before it begins', openEnded, '2026-12-01T07:59:59.999Z'],
  ] as const)('gives none %s', (_name, freeze, instant) => {
    expect(freezesAt([freeze], at(instant))).toEqual([]);
  });
});
