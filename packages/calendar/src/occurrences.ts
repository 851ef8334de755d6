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
  const extra = window.extra.flatMap((one) => wallInterval(window.zone, one));
  return mergeIntervals([...weekly, ...extra]).filter((interval) => interval.to > from && interval.from < to);
}

/** A freeze as an interval; one that its zone's clock makes empty freezes nothing. */
export const freezeInterval = (freeze: FreezePolicy): readonly Interval[] => wallInterval(freeze.zone, freeze);

function weeklyOccurrence(window: WindowPolicy, date: string): readonly Interval[] {
  const name = weekdays[new Date(`${date}T00:00Z`).getUTCDay()];
  if (name === undefined || !window.days.includes(name) || window.except.includes(date)) return [];
  const start = minutesOf(window.from);
  const end = minutesOf(window.to);
  const from = resolveWallTime(window.zone, date, start);
  const to = resolveWallTime(window.zone, end > start ? date : dateAfter(date), end);
  // A date that the zone skipped at the end of a night: the night lasts until the next date there is.
  const until = to ?? resolveWallTime(window.zone, dateAfter(dateAfter(date)), 0);
  return from === null || until === null || until <= from ? [] : [{ from, to: until }];
}

function wallInterval(zone: string, { from, to }: Pick<ExtraWindowPolicy, 'from' | 'to'>): readonly Interval[] {
  const start = resolveWallTime(zone, from.slice(0, 10), minutesOf(from.slice(11)));
  const end = resolveWallTime(zone, to.slice(0, 10), minutesOf(to.slice(11)));
  return start === null || end === null || end <= start ? [] : [{ from: start, to: end }];
}

/** Local dates are at most a day from UTC's, and a night window started the day before. */
function datesAround(from: Instant, to: Instant): readonly string[] {
  const first = Math.floor(from / day) - 3;
  const last = Math.floor(to / day) + 2;
  return Array.from({ length: last - first + 1 }, (_, index) => isoDate((first + index) * day));
}

const isoDate = (at: Instant): string => new Date(at).toISOString().slice(0, 10);
const dateAfter = (date: string): string => isoDate(Date.parse(`${date}T00:00Z`) + day);

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}
