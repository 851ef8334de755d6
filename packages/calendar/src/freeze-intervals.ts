import type { FreezePolicy, YearlyFreezePolicy } from '@sallyport/policy';
import type { Instant, Interval } from './calendar.ts';
import { dayNumber, timeOfDay } from './day-number.ts';
import { resolveOrSkip } from './wall-clock.ts';
import { zoneClock } from './zone-clock.ts';
import type { ZoneClock } from './zone-clock.ts';

/**
 * When a freeze that touches `[from, to)` is in force. One without an end lasts to infinity; one that its zone's clock
 * makes empty freezes nothing. A bound on a date that the zone skipped is where the date would have been.
 */
export function freezeIntervals(freeze: FreezePolicy, from: Instant, to: Instant): readonly Interval[] {
  const clock = zoneClock(freeze.zone);
  const intervals = freeze.every === 'year' ? yearly(freeze, clock, from, to) : [{ from: instantOf(clock, freeze.from), to: freeze.to === null ? Infinity : instantOf(clock, freeze.to) }];
  return intervals.filter((interval) => interval.from < interval.to && interval.to > from && interval.from < to);
}

/** It lasts less than a year, so what touches the span began at most a year before, by any zone's clock. */
function yearly(freeze: YearlyFreezePolicy, clock: ZoneClock, from: Instant, to: Instant): readonly Interval[] {
  const first = Math.max(new Date(from).getUTCFullYear() - 2, firstYear);
  const last = Math.min(new Date(to).getUTCFullYear() + 1, lastYear - 1);
  const endsNextYear = freeze.to <= freeze.from;
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index).map((year) => ({
    from: instantOf(clock, `${fourDigits(year)}-${freeze.from}`),
    to: instantOf(clock, `${fourDigits(endsNextYear ? year + 1 : year)}-${freeze.to}`),
  }));
}

/** Years that are written with four digits. */
const [firstYear, lastYear] = [0, 9999];
const fourDigits = (year: number): string => String(year).padStart(4, '0');

const instantOf = (clock: ZoneClock, text: string): Instant => resolveOrSkip(clock, dayNumber(text.slice(0, 10)), timeOfDay(text.slice(11)));
