import { dayMilliseconds as day, zoneClock } from '@sallyport/calendar';
import type { WallTime } from '@sallyport/calendar';
import { casual } from 'chrono-node/en';
import { daysToWeekday } from './weekday-words.ts';

type ParsedResult = ReturnType<typeof casual.parse>[number];
type ParsedComponents = ParsedResult['start'];

/** `shifted`: the clock leaves that time of day out, so it is the time as far after the change. */
export type NaturalInstant = { readonly ok: true; readonly at: number; readonly shifted: boolean } | { readonly ok: false; readonly why: string };

const longest = 100;

/**
 * Reads words such as `next saturday 06:30` as a wall-clock time of a zone; what the words count from is `now` there. Only
 * what leaves no doubt: a day and a time of day, no word left over, no zone of its own. The library only takes the words
 * apart and counts whole days from a noon, so the machine's own zone does not matter; the calendar makes the instant.
 * Throws `UnknownZoneError`.
 */
export function parseNaturalInstant(text: string, zone: string, now: number): NaturalInstant {
  const clock = zoneClock(zone);
  const today = Math.floor((now + clock.offsetAt(now)) / day);
  const read = readWords(text.trim(), today);
  if (!read.ok) return read;
  const date = Math.floor(read.wall / day);
  if (!clock.hasDate(date)) return no(`it is ${dateText(date)}, a date that ${zone} does not have`);
  const at = clock.resolve(read.wall);
  return { ok: true, at, shifted: at + clock.offsetAt(at) !== read.wall };
}

type Read = { readonly ok: true; readonly wall: WallTime } | { readonly ok: false; readonly why: string };

const no = (why: string): { readonly ok: false; readonly why: string } => ({ ok: false, why });

function readWords(text: string, today: number): Read {
  if (text === '') return no('it is empty');
  if (text.length > longest) return no(`it is longer than ${longest} characters`);
  if (/\d\s*\/\s*\d|\d\.\d+\.\d|\b\d{1,2}-\d{1,2}-\d/.test(text)) return no('a date in numbers can be month first or day first; write the month as a word');
  if (/\b(?:next|last|past|this)\s+weeks?\b/i.test(text)) return no('weeks begin on Sunday for some and on Monday for others; write the date');
  if (/\bmidnight\b/i.test(text)) return no('midnight can be the beginning or the end of a day; write 00:00 and the date');
  if (/\bweek(?:end|day)s?\b/i.test(text)) return no('a weekend and the days of a week are several days; write the date');
  const [result, more] = casual.parse(text, noonOf(today));
  if (result === undefined) return no('no date and time was understood in it');
  const said = `only "${result.text}" was understood in it`;
  if (more !== undefined || !isFiller(text.slice(0, result.index)) || !isFiller(text.slice(result.index + result.text.length))) return no(said);
  if (result.end != null) return no(`"${result.text}" is a span of time and not an instant`);
  if (dependsOnTimeOfDay(text, result, today)) return no(`"${result.text}" counts from what time it is now; write a date and a time of day`);
  return wallTimeOf(result, today);
}

/** Prepositions and commas around what was understood. */
const isFiller = (text: string): boolean => /^(?:\s|,|\bon\b|\bat\b)*$/i.test(text);

/** Local to the machine, because the library reads its parts so; at noon, where no clock changes. */
function noonOf(date: number, hour = 12): Date {
  const utc = new Date(date * day);
  return new Date(utc.getUTCFullYear(), utc.getUTCMonth(), utc.getUTCDate(), hour);
}

/** `in 2 hours` and `now` come out differently an hour later, `tomorrow 9am` does not. */
function dependsOnTimeOfDay(text: string, { start }: ParsedResult, today: number): boolean {
  const later = casual.parse(text, noonOf(today, 13))[0]?.start;
  return (['day', 'hour', 'minute'] as const).some((part) => start.isCertain(part) && start.get(part) !== later?.get(part));
}

function wallTimeOf({ start, text }: ParsedResult, today: number): Read {
  const understood = `"${text}" was understood`;
  if (start.isCertain('timezoneOffset')) return no(`${understood} with a zone of its own, but words are read in the zone of the window`);
  if (!start.isCertain('hour')) return no(`${understood}, which has no time of day`);
  const doubt = doubtOfHalfDay(start, text);
  if (doubt !== null) return no(`${understood}, ${doubt}`);
  const date = dateOf(start, text, today);
  if (date === null) return no(`${understood}, which does not say which day`);
  const weekday = start.isCertain('weekday') ? start.get('weekday') : null;
  if (weekday !== null && weekday !== new Date(date * day).getUTCDay()) return no(`${understood}, but ${dateText(date)} is no such weekday`);
  const [hour, minute, second] = [start.get('hour') ?? 0, start.get('minute') ?? 0, start.isCertain('second') ? (start.get('second') ?? 0) : 0];
  return { ok: true, wall: date * day + ((hour * 60 + minute) * 60 + second) * 1000 };
}

/** Whether the hour is one before or after noon is said by am and pm, by a word for part of the day, or by writing 06:30. */
function doubtOfHalfDay(start: ParsedComponents, text: string): string | null {
  const hour = start.get('hour') ?? 0;
  const isMorning = /\bmorning\b/i.test(text);
  const isAfternoon = /\bafternoon\b/i.test(text);
  const isEvening = /\b(?:evening|night|tonight)\b/i.test(text);
  // The library takes an hour after midnight for one after noon: 1:00 tonight for 13:00.
  if ((isMorning && hour >= 12) || (isAfternoon && (hour < 12 || hour >= 18)) || (isEvening && hour < 17)) return `whose hour does not fit the part of the day; write it like 18:30`;
  const isSaid = isMorning || isAfternoon || isEvening || start.isCertain('meridiem') || /\d[:.]\d\d|\b(?:noon|midday)\b/i.test(text);
  return isSaid ? null : 'whose hour can be one before or after noon; write it like 06:00 or 6pm';
}

/** The date as a count of days from 1970-01-01; null: none is said, or none that exists. */
function dateOf(start: ParsedComponents, text: string, today: number): number | null {
  if (start.isCertain('day') && start.isCertain('month')) {
    const [month, dayOfMonth] = [start.get('month') ?? 0, start.get('day') ?? 0];
    if (start.isCertain('year')) return existing(start.get('year') ?? 0, month, dayOfMonth);
    return nearestYear(today, month, dayOfMonth);
  }
  const weekday = start.isCertain('weekday') ? start.get('weekday') : null;
  return weekday === null ? null : today + daysToWeekday(new Date(today * day).getUTCDay(), weekday, text);
}

function existing(year: number, month: number, dayOfMonth: number): number | null {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, dayOfMonth);
  return date.getUTCDate() === dayOfMonth && year > 0 && year <= 9999 ? date.getTime() / day : null;
}

/** Without a year it is the one nearest to today; the later one of two as near. */
function nearestYear(today: number, month: number, dayOfMonth: number): number | null {
  const year = new Date(today * day).getUTCFullYear();
  return [year + 1, year, year - 1].map((one) => existing(one, month, dayOfMonth)).reduce((best, one) => (best === null || (one !== null && Math.abs(one - today) < Math.abs(best - today)) ? one : best), null);
}

const dateText = (date: number): string => new Date(date * day).toISOString().slice(0, 10);
