import type { ExtraWindowPolicy, FreezePolicy, Weekday, WindowPolicy } from '@sallyport/policy';
import type { Instant, Interval } from './calendar.ts';
import { mergeIntervals } from './interval.ts';
import { resolveWallTime } from './wall-clock.ts';

const day = 24 * 60 * 60_000;
const weekdays: readonly Weekday[] = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/**
 * Every occurrence of a window that touches `[from, to)`, merged. Weekly ones belong to the date on which they start;
 * one that comes out empty, or whose date the zone skipped, does not happen. Extra windows happen whatever `except` says.
 */
export function occurrences(window: WindowPolicy, from: Instant, to: Instant): readonly Interval[] {
  const weekly = datesAround(from, to).flatMap((date) => weeklyOccurrence(window, date));
  const extra = window.extra.flatMap((one) => extraOccurrence(window.zone, one));
  return mergeIntervals([...weekly, ...extra]).filter((interval) => interval.to > from && interval.from < to);
}

/** A freeze as an interval; one that its zone's clock makes empty freezes nothing. A bound on a skipped date is where the date would have been. */
export function freezeInterval({ zone, from, to }: FreezePolicy): readonly Interval[] {
  const start = resolveOrSkip(zone, dateOf(from), minutesOf(timeOf(from)));
  const end = resolveOrSkip(zone, dateOf(to), minutesOf(timeOf(to)));
  return start === null || end === null || end <= start ? [] : [{ from: start, to: end }];
}

function weeklyOccurrence(window: WindowPolicy, date: string): readonly Interval[] {
  const name = weekdays[new Date(`${date}T00:00Z`).getUTCDay()];
  if (name === undefined || !window.days.includes(name) || window.except.includes(date)) return [];
  const start = minutesOf(window.from);
  const end = minutesOf(window.to);
  const from = resolveWallTime(window.zone, date, start);
  const to = resolveOrSkip(window.zone, end > start ? date : dateAfter(date), end);
  return from === null || to === null || to <= from ? [] : [{ from, to }];
}

/** An extra window with a bound on a date that the zone skipped does not happen. */
function extraOccurrence(zone: string, { from, to }: ExtraWindowPolicy): readonly Interval[] {
  const start = resolveWallTime(zone, dateOf(from), minutesOf(timeOf(from)));
  const end = resolveWallTime(zone, dateOf(to), minutesOf(timeOf(to)));
  return start === null || end === null || end <= start ? [] : [{ from: start, to: end }];
}

/** On a date that the zone skipped, the instant of the skip, which is the start of the next date: what was on before it ends there. */
const resolveOrSkip = (zone: string, date: string, minutes: number): Instant | null => resolveWallTime(zone, date, minutes) ?? resolveWallTime(zone, dateAfter(date), 0);

/** Local dates are at most a day from UTC's, and a night window started the day before. */
function datesAround(from: Instant, to: Instant): readonly string[] {
  const first = Math.floor(from / day) - 3;
  const last = Math.floor(to / day) + 2;
  return Array.from({ length: last - first + 1 }, (_, index) => isoDate((first + index) * day));
}

const dateOf = (text: string): string => text.slice(0, 10);
const timeOf = (text: string): string => text.slice(11);
const isoDate = (at: Instant): string => new Date(at).toISOString().slice(0, 10);
const dateAfter = (date: string): string => isoDate(Date.parse(`${date}T00:00Z`) + day);

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}
