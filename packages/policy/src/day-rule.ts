import type { Complaint } from './complaint.ts';
import { nearestSpelling } from './nearest.ts';
import type { DayRule, Ordinal, Weekday } from './policy.ts';
import { WEEKDAYS, weekdayOf } from './wall-clock.ts';

const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth', 'last'] as const satisfies readonly Ordinal[];
const DAY_RULES: readonly DayRule[] = [...WEEKDAYS, ...WEEKDAYS.flatMap((weekday) => ORDINALS.map((ordinal): DayRule => `${ordinal} ${weekday}`))];

/** `saturday`, or `second tuesday` for one day of every month. */
export const DAY_RULE = /^(?:(?:first|second|third|fourth|fifth|last) )?(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)$/;

export const isDayRule = (text: string): text is DayRule => DAY_RULE.test(text);

/** Why `text` names no day, or null when it does. Days are English, lower case and whole: no reader has to know a language. */
export function dayComplaint(text: string): Complaint | null {
  if (isDayRule(text)) return null;
  const nearest = meantBy(text);
  return {
    code: 'not-allowed',
    message: 'is not a day; write a weekday in English and in full, such as saturday, or one day of the month, such as second tuesday or last friday',
    ...(nearest === undefined ? {} : { nearest }),
  };
}

/** An abbreviation of three letters or more is completed; anything else is compared by spelling. */
function meantBy(text: string): DayRule | undefined {
  const word = text.toLowerCase().replaceAll(/\.|s$/g, '');
  const begun = word.length >= 3 ? WEEKDAYS.find((weekday) => weekday.startsWith(word)) : undefined;
  const nearest = begun ?? nearestSpelling(text, DAY_RULES);
  return nearest !== undefined && isDayRule(nearest) ? nearest : undefined;
}

/** Whether a rule names a date (`YYYY-MM-DD`, existing). */
export function namesDate(rule: DayRule, date: string): boolean {
  const [ordinal, weekday] = dayRuleParts(rule);
  if (weekday !== weekdayOf(date)) return false;
  const day = Number(date.slice(8));
  switch (ordinal) {
    case null:
      return true;
    case 'last':
      return day + 7 > daysInMonth(date);
    case 'first':
    case 'second':
    case 'third':
    case 'fourth':
    case 'fifth':
      return Math.ceil(day / 7) === ORDINALS.indexOf(ordinal) + 1;
    default:
      return ordinal satisfies never;
  }
}

/** `second tuesday` as its two words; a weekday alone has no ordinal. Throws a RangeError on anything that `DAY_RULE` does not match. */
export function dayRuleParts(rule: DayRule): readonly [Ordinal | null, Weekday] {
  const ordinal = ORDINALS.find((one) => rule.startsWith(`${one} `)) ?? null;
  const weekday = WEEKDAYS.find((one) => rule.endsWith(one));
  if (weekday === undefined) throw new RangeError(`${rule} is not a day`);
  return [ordinal, weekday];
}

function daysInMonth(date: string): number {
  return new Date(Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)), 0)).getUTCDate();
}
