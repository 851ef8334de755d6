import type { DayRule } from '@sallyport/policy';

const nameOfDay = new Intl.DateTimeFormat('en-GB', { weekday: 'long', timeZone: 'UTC' });
const ordinals = ['first', 'second', 'third', 'fourth', 'fifth'];

/** Whether a rule names a date, by counting the same weekdays of its month. */
export function namesDate(rule: DayRule, date: string): boolean {
  const weekday = weekdayOf(date);
  if (rule === weekday) return true;
  const same = Array.from({ length: 31 }, (_, index) => `${date.slice(0, 8)}${String(index + 1).padStart(2, '0')}`).filter((one) => !Number.isNaN(Date.parse(`${one}T00:00Z`)) && new Date(`${one}T00:00Z`).toISOString().startsWith(one) && weekdayOf(one) === weekday);
  return rule === `${ordinals[same.indexOf(date)]} ${weekday}` || (same.at(-1) === date && rule === `last ${weekday}`);
}

const weekdayOf = (date: string): string => nameOfDay.format(Date.parse(`${date}T00:00Z`)).toLowerCase();
