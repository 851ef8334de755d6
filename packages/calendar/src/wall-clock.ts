import type { Instant } from './calendar.ts';
import { day, dayNumber, minute, timeOfDay } from './day-number.ts';
import type { DayNumber } from './day-number.ts';
import { zoneClock } from './zone-clock.ts';
import type { WallTime, ZoneClock } from './zone-clock.ts';

/**
 * The instant of a wall time (`YYYY-MM-DD` and minutes after midnight) in a zone, by the rules of `ZoneClock.resolve`.
 * null: the zone skipped the whole date. Throws `UnknownZoneError` rather than answer in UTC.
 */
export function resolveWallTime(zone: string, date: string, minutes: number): Instant | null {
  return resolveOn(zoneClock(zone), dayNumber(date), minutes * minute);
}

/** `YYYY-MM-DDTHH:MM` as a wall time. */
export const wallTime = (text: string): WallTime => dayNumber(text.slice(0, 10)) * day + timeOfDay(text.slice(11));

/** The same for `YYYY-MM-DDTHH:MM`. */
export const resolveDateTime = (clock: ZoneClock, text: string): Instant | null => resolveOn(clock, dayNumber(text.slice(0, 10)), timeOfDay(text.slice(11)));

/** `time` in milliseconds after midnight. */
export const resolveOn = (clock: ZoneClock, date: DayNumber, time: number): Instant | null => (clock.hasDate(date) ? clock.resolve(date * day + time) : null);

/** On a date that the zone skipped, the instant of the skip, which is the start of the next date: what was on before it ends there. */
export const resolveOrSkip = (clock: ZoneClock, date: DayNumber, time: number): Instant => resolveOn(clock, date, time) ?? clock.resolve((date + 1) * day);
