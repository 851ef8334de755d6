import { dayRuleParts } from '@sallyport/policy';
import type { OpeningHours, Ordinal } from '@sallyport/policy';
import type { Interval } from './calendar.ts';
import { day, dayNumber, timeOfDay, weekdays } from './day-number.ts';
import type { DayFacts, DayNumber } from './day-number.ts';
import { resolveOn, resolveOrSkip } from './wall-clock.ts';
import type { WallTime, ZoneClock } from './zone-clock.ts';

/** Opening hours made ready: dates as numbers, times in milliseconds, and for every weekday which of the month's are meant. */
export type OpeningRule = {
  readonly meant: readonly DayBits[];
  readonly start: number;
  readonly end: number;
  readonly since: DayNumber;
  readonly until: DayNumber;
  readonly except: ReadonlySet<DayNumber>;
};

/** Bit 0: every one; bits 1 to 5: the first to the fifth of the month; bit 6: the last. */
type DayBits = number;
const everyBit: DayBits = 1;
const lastBit: DayBits = 1 << 6;
const nthBit = (nth: number): DayBits => 1 << nth;

const bits: Readonly<Record<Ordinal, DayBits>> = { first: nthBit(1), second: nthBit(2), third: nthBit(3), fourth: nthBit(4), fifth: nthBit(5), last: lastBit };

export function prepareRule({ days, from, to, since, until, except }: OpeningHours): OpeningRule {
  const parts = days.map(dayRuleParts);
  return {
    meant: weekdays.map((weekday) => parts.reduce((sum, [ordinal, named]) => (named === weekday ? sum | (ordinal === null ? everyBit : bits[ordinal]) : sum), 0)),
    start: timeOfDay(from),
    end: timeOfDay(to),
    since: since === undefined ? -Infinity : dayNumber(since),
    until: until === undefined ? Infinity : dayNumber(until),
    except: new Set(except.map(dayNumber)),
  };
}

/** Whether something opens on a date, as far as its number says: days, validity and exceptions. */
export function opensOn({ meant, since, until, except }: OpeningRule, { number, weekday, nth, isLast }: DayFacts): boolean {
  const is = everyBit | nthBit(nth) | (isLast ? lastBit : 0);
  return ((meant[weekday] ?? 0) & is) !== 0 && since <= number && number <= until && !except.has(number);
}

/** What the wall clock shows at the beginning and at the end of what starts on a date. */
export const wallTimesOn = ({ start, end }: OpeningRule, date: DayNumber): { readonly from: WallTime; readonly to: WallTime } => ({ from: date * day + start, to: (end > start ? date : date + 1) * day + end });

/** What starts on a date; null when it comes out empty or the zone skipped the date. It belongs to the date on which it starts. */
export function occurrenceOn({ start, end }: OpeningRule, clock: ZoneClock, date: DayNumber): Interval | null {
  const from = resolveOn(clock, date, start);
  if (from === null) return null;
  const to = resolveOrSkip(clock, end > start ? date : date + 1, end);
  return to <= from ? null : { from, to };
}

/** A rule held to the validity and the exceptions of another. */
export function heldTo(outer: OpeningRule, rule: OpeningRule): OpeningRule {
  return { ...rule, since: Math.max(rule.since, outer.since), until: Math.min(rule.until, outer.until), except: new Set([...rule.except, ...outer.except]) };
}
