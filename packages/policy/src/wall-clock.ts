import type { Weekday } from './policy.ts';

export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

export const TIME = /^(?:[01][0-9]|2[0-3]):[0-5][0-9]$/;
export const DATE = /^[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])$/;
export const DATE_TIME = /^[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])T(?:[01][0-9]|2[0-3]):[0-5][0-9]$/;
/** The same without the year, for what comes back every year. */
export const YEARLY_DATE_TIME = /^(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])T(?:[01][0-9]|2[0-3]):[0-5][0-9]$/;

export function isTime(text: string): boolean {
  return TIME.test(text);
}

/** Whether `text` is a day that exists in the Gregorian calendar, written `YYYY-MM-DD`. */
export function isDate(text: string): boolean {
  if (!DATE.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  // Some days roll over into the next month instead of being refused: 2026-02-30 becomes 2026-03-02.
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

/** Whether `text` is an existing day and a time of it, written `YYYY-MM-DDTHH:MM`. */
export function isDateTime(text: string): boolean {
  return text.charAt(10) === 'T' && isDate(text.slice(0, 10)) && isTime(text.slice(11));
}

/** Whether `text` is a day of every year and a time of it, written `MM-DDTHH:MM`: 29 February is not. */
export function isYearlyDateTime(text: string): boolean {
  return YEARLY_DATE_TIME.test(text) && isDateTime(`2001-${text}`);
}

/** The weekday of a day for which `isDate` holds. */
export function weekdayOf(date: string): Weekday {
  const sundayFirst = new Date(`${date}T00:00:00Z`).getUTCDay();
  return WEEKDAYS[(sundayFirst + 6) % 7] ?? 'sunday';
}
