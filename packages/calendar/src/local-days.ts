import type { Weekday } from '@sallyport/policy';
import type { Instant, Interval } from './calendar.ts';
import { day, dayFacts, weekdays } from './day-number.ts';
import type { DayNumber } from './day-number.ts';
import { resolveOn, resolveOrSkip } from './wall-clock.ts';
import { zoneClock } from './zone-clock.ts';

/** A date of a zone, `YYYY-MM-DD`, and the time that it lasts. */
export type LocalDay = Interval & { readonly date: string; readonly weekday: Weekday };

/** Whole weeks from Monday on, beginning with the one that holds `at`. Dates that the zone skipped are missing. Throws `UnknownZoneError`. */
export function localWeeks(zone: string, at: Instant, count: number): readonly (readonly LocalDay[])[] {
  const clock = zoneClock(zone);
  const today = Math.floor((at + clock.offsetAt(at)) / day);
  const monday = today - ((dayFacts(today).weekday + 6) % 7);
  return Array.from({ length: count }, (_, week) => Array.from({ length: 7 }, (_unused, index) => monday + week * 7 + index).flatMap((date) => localDay(zone, date) ?? []));
}

function localDay(zone: string, number: DayNumber): LocalDay | null {
  const clock = zoneClock(zone);
  const from = resolveOn(clock, number, 0);
  if (from === null) return null;
  const date = new Date(number * day).toISOString().slice(0, 10);
  return { date, weekday: weekdays[dayFacts(number).weekday] ?? 'sunday', from, to: resolveOrSkip(clock, number + 1, 0) };
}
