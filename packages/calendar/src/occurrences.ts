import type { WindowPolicy } from '@sallyport/policy';
import type { Instant, Interval } from './calendar.ts';
import { day, dayFacts } from './day-number.ts';
import type { DayFacts } from './day-number.ts';
import { mergeIntervals } from './interval.ts';
import { prepareWindowRules } from './window-rules.ts';

/** Every occurrence of a window that touches `[from, to)`, merged. Throws `UnknownZoneError`. */
export function occurrences(window: WindowPolicy, from: Instant, to: Instant): readonly Interval[] {
  const dates = datesAround(from, to);
  const all = prepareWindowRules(window).flatMap(({ startingOn }) => startingOn(dates));
  return mergeIntervals(all).filter((interval) => interval.to > from && interval.from < to);
}

/** The dates on which what touches `[from, to)` can start: local dates are at most a day from UTC's, and a night window started the day before. */
export function datesAround(from: Instant, to: Instant): readonly DayFacts[] {
  const first = Math.floor(from / day) - 3;
  const last = Math.floor(to / day) + 2;
  return Array.from({ length: last - first + 1 }, (_, index) => dayFacts(first + index));
}
