import type { FreezePolicy, YearlyFreezePolicy } from '@sallyport/policy';
import type { Instant, Interval } from './calendar.ts';
import { day, dayNumber, timeOfDay } from './day-number.ts';
import { isSpan } from './freeze-span.ts';
import type { Freeze } from './freeze-span.ts';
import { resolveOrSkip } from './wall-clock.ts';
import { zoneClock } from './zone-clock.ts';
import type { ZoneClock } from './zone-clock.ts';

/**
 * When a freeze that touches `[from, to)` is in force. One without an end lasts to infinity; one that its zone's clock
 * makes empty freezes nothing. A bound on a date that the zone skipped is where the date would have been.
 */
export function freezeIntervals(freeze: Freeze, from: Instant, to: Instant): readonly Interval[] {
  const intervals = isSpan(freeze) ? [{ from: freeze.from, to: freeze.to ?? Infinity }] : intervalsOf(freeze, from, to);
  return intervals.filter((interval) => interval.from < interval.to && interval.to > from && interval.from < to);
}

function intervalsOf(freeze: FreezePolicy, from: Instant, to: Instant): readonly Interval[] {
  const clock = zoneClock(freeze.zone);
  return freeze.every === 'year' ? yearly(freeze, clock, from, to) : [{ from: instantOf(clock, freeze.from), to: freeze.to === null ? Infinity : instantOf(clock, freeze.to) }];
}

/** It lasts less than a year, and local years are at most one from UTC's, so what touches the span began at most two years before. */
function yearly(freeze: YearlyFreezePolicy, clock: ZoneClock, from: Instant, to: Instant): readonly Interval[] {
  const first = new Date(from).getUTCFullYear() - 2;
  const last = new Date(to).getUTCFullYear() + 1;
  const endsNextYear = freeze.to <= freeze.from;
  return Array.from({ length: last - first + 1 }, (_, index) => first + index).map((year) => ({
    from: instantIn(clock, year, freeze.from),
    to: instantIn(clock, endsNextYear ? year + 1 : year, freeze.to),
  }));
}

const instantOf = (clock: ZoneClock, text: string): Instant => resolveOrSkip(clock, dayNumber(text.slice(0, 10)), timeOfDay(text.slice(11)));

/** `MM-DDTHH:MM` in a year, which may have more than four digits after the last one that a policy can write. */
function instantIn(clock: ZoneClock, year: number, text: string): Instant {
  const date = new Date(0).setUTCFullYear(year, Number(text.slice(0, 2)) - 1, Number(text.slice(3, 5))) / day;
  return resolveOrSkip(clock, date, timeOfDay(text.slice(6)));
}
