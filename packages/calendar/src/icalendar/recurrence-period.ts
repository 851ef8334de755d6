import { day } from '../day-number.ts';
import type { DayNumber } from '../day-number.ts';
import { startOfMonth } from './recurrence-day.ts';
import type { RecurrenceRule } from './recurrence-rule.ts';

/** The dates that may be chosen in one period, in order, and the date on which the period begins. */
export type RecurrencePeriod = { readonly first: DayNumber; readonly days: readonly DayNumber[] };

/** The day, week, month or year in which a rule comes back for the `index`th time, counted from 0, which holds `start`. */
export function periodAt(rule: RecurrenceRule, start: DayNumber, index: number): RecurrencePeriod {
  const offset = index * rule.interval;
  switch (rule.frequency) {
    case 'DAILY':
      return daysFrom(start + offset, 1);
    case 'WEEKLY':
      return daysFrom(weekOf(rule, start) + offset * 7, 7);
    case 'MONTHLY':
      return monthOf(yearOf(start), monthIndexOf(start) + offset);
    case 'YEARLY': {
      const year = yearOf(start) + offset;
      const months = rule.months.length > 0 ? rule.months.toSorted((a, b) => a - b) : [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
      return { first: startOfMonth(year, 0), days: months.flatMap((month) => monthOf(year, month - 1).days) };
    }
    default:
      return rule.frequency satisfies never;
  }
}

/** The last index whose period begins no later than a date. */
export function periodIndexOf(rule: RecurrenceRule, start: DayNumber, date: DayNumber): number {
  switch (rule.frequency) {
    case 'DAILY':
      return Math.floor((date - start) / rule.interval);
    case 'WEEKLY':
      return Math.floor((date - weekOf(rule, start)) / 7 / rule.interval);
    case 'MONTHLY':
      return Math.floor(((yearOf(date) - yearOf(start)) * 12 + monthIndexOf(date) - monthIndexOf(start)) / rule.interval);
    case 'YEARLY':
      return Math.floor((yearOf(date) - yearOf(start)) / rule.interval);
    default:
      return rule.frequency satisfies never;
  }
}

function daysFrom(first: DayNumber, count: number): RecurrencePeriod {
  return { first, days: Array.from({ length: count }, (_, index) => first + index) };
}

function monthOf(year: number, month: number): RecurrencePeriod {
  const first = startOfMonth(year, month);
  return daysFrom(first, startOfMonth(year, month + 1) - first);
}

const weekOf = ({ weekStart }: RecurrenceRule, date: DayNumber): DayNumber => date - ((new Date(date * day).getUTCDay() - weekStart + 7) % 7);
const yearOf = (date: DayNumber): number => new Date(date * day).getUTCFullYear();
const monthIndexOf = (date: DayNumber): number => new Date(date * day).getUTCMonth();
