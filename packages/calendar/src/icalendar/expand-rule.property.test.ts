import fc from 'fast-check';
import rrule from 'rrule';
import { describe, expect, it } from 'vitest';
import { day } from '../day-number.ts';
import { expandRule } from './expand-rule.ts';
import { readRule } from './recurrence-rule.fixture.ts';
import { stepBudget } from './step-budget.ts';

const weekdays = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'] as const;

const someOf = <Value>(values: fc.Arbitrary<Value>, maxLength: number): fc.Arbitrary<readonly Value[]> => fc.uniqueArray(values, { maxLength });
const signed = (greatest: number): fc.Arbitrary<number> => fc.integer({ min: -greatest, max: greatest }).filter((value) => value !== 0);
const part = (name: string, values: readonly (string | number)[]): readonly string[] => (values.length === 0 ? [] : [`${name}=${values.join(',')}`]);

/** What is chosen by; only such as some date soon meets, because rrule looks on to the year 9999 for one that never comes. */
const anyChoice = fc.record({
  months: someOf(fc.integer({ min: 1, max: 12 }), 3),
  monthDays: someOf(signed(28), 4),
  yearDays: someOf(signed(366), 3),
  days: someOf(fc.constantFrom(...weekdays), 3),
});
const frequencies = {
  DAILY: ['months', 'monthDays', 'days'],
  WEEKLY: ['months', 'days'],
  MONTHLY: ['months', 'monthDays', 'days'],
  YEARLY: ['months', 'monthDays', 'days', 'yearDays'],
} as const;
const partNames = { months: 'BYMONTH', monthDays: 'BYMONTHDAY', yearDays: 'BYYEARDAY', days: 'BYDAY' } as const;

const anyRule = fc
  .record({
    frequency: fc.constantFrom('DAILY' as const, 'WEEKLY' as const, 'MONTHLY' as const, 'YEARLY' as const),
    interval: fc.integer({ min: 1, max: 5 }),
    count: fc.option(fc.integer({ min: 1, max: 30 })),
    choice: anyChoice,
    chosen: fc.subarray(['months', 'monthDays', 'days', 'yearDays'] as const, { maxLength: 2 }),
    nth: fc.option(signed(5)),
    // rrule takes the first day for a position further from the end than there are days.
    position: fc.option(fc.constantFrom(-1, 1, 2)),
    weekStart: fc.constantFrom(...weekdays),
  })
  .map(({ frequency, interval, count, choice, chosen, nth, position, weekStart }) => {
    const used = chosen.filter((name) => frequencies[frequency].some((one) => one === name) && !(name === 'yearDays' && chosen.length > 1));
    const isCounted = nth !== null && !used.includes('monthDays') && (frequency === 'MONTHLY' || frequency === 'YEARLY');
    const by = used.flatMap((name) => part(partNames[name], name === 'days' && isCounted ? choice.days.map((one) => `${nth}${one}`) : choice[name]));
    // Nor does rrule count the days of the first week that are before the start.
    const hasPosition = position !== null && by.length > 0 && (frequency === 'MONTHLY' || frequency === 'YEARLY');
    return [`FREQ=${frequency}`, `INTERVAL=${interval}`, `WKST=${weekStart}`, ...(count === null ? [] : [`COUNT=${count}`]), ...by, ...(hasPosition ? [`BYSETPOS=${position}`] : [])].join(';');
  });

describe('against another implementation', () => {
  it('a rule comes back on the same days, wherever the range lies', () => {
    fc.assert(
      fc.property(anyRule, fc.integer({ min: 0, max: 3000 }), fc.integer({ min: -500, max: 3000 }), fc.integer({ min: 0, max: 900 }), (value, startDay, fromDay, days) => {
        const origin = Date.parse('2020-01-01T06:00Z');
        const [start, from, to] = [origin + startDay * day, origin + fromDay * day, origin + (fromDay + days) * day];
        const text = new Date(start).toISOString().slice(0, 19).replace(/[-:]/g, '');
        const ours = expandRule(readRule(value, text), start, null, { from, to }, stepBudget(10_000_000));
        // Without a bound it looks on to the year 9999.
        const theirs = new rrule.RRule({ ...rrule.RRule.parseString(value), dtstart: new Date(start), until: new Date(to) }).between(new Date(from), new Date(to), true);
        expect(ours?.map((wall) => new Date(wall).toISOString())).toEqual(theirs.map((date) => date.toISOString()));
      }),
      { numRuns: 500 },
    );
  });
});
