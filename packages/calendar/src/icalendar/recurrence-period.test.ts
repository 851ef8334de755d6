import { describe, expect, it } from 'vitest';
import { day, dayNumber } from '../day-number.ts';
import { periodAt, periodIndexOf } from './recurrence-period.ts';
import { readRule } from './recurrence-rule.fixture.ts';

const dateOf = (number: number): string => new Date(number * day).toISOString().slice(0, 10);

describe('the period of a rule', () => {
  it.each([
    ['a day', 'FREQ=DAILY;INTERVAL=3', '2026-12-06', 823, '2026-12-04', 1],
    ['a week', 'FREQ=WEEKLY;INTERVAL=2', '2026-12-04', 176, '2026-11-23', 7],
    ['a week from Sunday', 'FREQ=WEEKLY;INTERVAL=2;WKST=SU', '2026-12-05', 176, '2026-11-29', 7],
    ['a month', 'FREQ=MONTHLY;INTERVAL=2', '2026-12-04', 40, '2026-11-01', 30],
    ['a month of the same year', 'FREQ=MONTHLY', '2020-12-31', 9, '2020-12-01', 31],
    ['a year', 'FREQ=YEARLY;INTERVAL=4', '2026-12-04', 1, '2024-01-01', 366],
    ['the first', 'FREQ=MONTHLY', '2020-03-31', 0, '2020-03-01', 31],
  ])('is %s, the last that begins no later than a date', (_name, value, date, index, first, days) => {
    const rule = readRule(value, '20200301T090000');
    const start = dayNumber('2020-03-01');
    const period = periodAt(rule, start, index);
    expect(periodIndexOf(rule, start, dayNumber(date))).toBe(index);
    expect([dateOf(period.first), period.days.length, period.days[0] === period.first]).toEqual([first, days, true]);
    expect(periodAt(rule, start, index + 1).first).toBeGreaterThan(dayNumber(date));
  });
});
