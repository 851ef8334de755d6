import type { Weekday } from '@sallyport/policy';

/** A date of the Gregorian calendar, counted from 1970-01-01, which is 0. */
export type DayNumber = number;

/** Milliseconds. */
export const minute = 60_000;
export const day = 24 * 60 * minute;

/** As the weekdays of `Date` are numbered. */
export const weekdays: readonly Weekday[] = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** `YYYY-MM-DD`, a date that exists, as its number. */
export const dayNumber = (date: string): DayNumber => Date.parse(`${date}T00:00Z`) / day;

/** `HH:MM` in milliseconds after midnight. */
export const timeOfDay = (time: string): number => (Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))) * minute;

/** What a rule asks of a date: its weekday, as `Date` numbers it, and whether it is the first, second … fifth or last of them in its month. */
export type DayFacts = { readonly number: DayNumber; readonly weekday: number; readonly nth: number; readonly isLast: boolean };

export function dayFacts(number: DayNumber): DayFacts {
  const date = new Date(number * day);
  const dayOfMonth = date.getUTCDate();
  return { number, weekday: date.getUTCDay(), nth: Math.ceil(dayOfMonth / 7), isLast: new Date((number + 7) * day).getUTCMonth() !== date.getUTCMonth() };
}
