import { day } from '../day-number.ts';
import type { DayNumber } from '../day-number.ts';
import type { RecurrenceRule } from './recurrence-rule.ts';

/** A date as rules look at it. */
export type DateFacts = {
  /** 1 to 12. */
  readonly month: number;
  /** 1 to 31. */
  readonly monthDay: number;
  readonly daysInMonth: number;
  /** 1 to 366. */
  readonly yearDay: number;
  readonly daysInYear: number;
  /** 0 is Sunday. */
  readonly weekday: number;
};

export function dateFacts(number: DayNumber): DateFacts {
  const date = new Date(number * day);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  const newYear = startOfMonth(year, 0);
  return {
    month: month + 1,
    monthDay: date.getUTCDate(),
    daysInMonth: startOfMonth(year, month + 1) - startOfMonth(year, month),
    yearDay: number - newYear + 1,
    daysInYear: startOfMonth(year + 1, 0) - newYear,
    weekday: date.getUTCDay(),
  };
}

/** `month` counts from 0 and may reach into other years. `Date.UTC` alone takes the years 0 to 99 for others. */
export function startOfMonth(year: number, month: number): DayNumber {
  return new Date(0).setUTCFullYear(year, month, 1) / day;
}

/** Whether a rule, whose defaults are filled in, comes back on a date, its interval and BYSETPOS aside. */
export function isDayOf(rule: RecurrenceRule, date: DateFacts): boolean {
  return (
    isListed(rule.months, date.month, Infinity) &&
    isListed(rule.monthDays, date.monthDay, date.daysInMonth) &&
    isListed(rule.yearDays, date.yearDay, date.daysInYear) &&
    (rule.weekdays.length === 0 || rule.weekdays.some(({ weekday, nth }) => weekday === date.weekday && (nth === null || isNth(rule, date, nth))))
  );
}

/** Counted from 1, or from -1 for the last of `length`. */
const isListed = (list: readonly number[], value: number, length: number): boolean => list.length === 0 || list.includes(value) || list.includes(value - length - 1);

/** In its month for MONTHLY and where months are chosen, else in its year. */
function isNth({ frequency, months }: RecurrenceRule, { monthDay, daysInMonth, yearDay, daysInYear }: DateFacts, nth: number): boolean {
  const [position, length] = frequency === 'MONTHLY' || months.length > 0 ? [monthDay, daysInMonth] : [yearDay, daysInYear];
  return nth > 0 ? Math.ceil(position / 7) === nth : Math.ceil((length - position + 1) / 7) === -nth;
}
