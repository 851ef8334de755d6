import { dayMilliseconds, zoneClock } from '@sallyport/calendar';
import type { Interval } from '@sallyport/calendar';

/** A date of the report's zone, or an instant. */
export type Bound = { readonly date: string } | { readonly at: number };

/** The time of a report: `from` included, `to` not. A date as `to` is included whole. Throws UnknownZoneError. */
export const periodOf = (zone: string, from: Bound, to: Bound): Interval => ({
  from: 'at' in from ? from.at : startOf(zone, Date.parse(`${from.date}T00:00:00Z`)),
  to: 'at' in to ? to.at : startOf(zone, Date.parse(`${to.date}T00:00:00Z`) + dayMilliseconds),
});

/** The first moment of a date, given as the instant at which UTC begins it. */
const startOf = (zone: string, wall: number): number => zoneClock(zone).resolve(wall);

export type Month = Interval & { readonly month: string; readonly whole: boolean };

/** The calendar months of a zone that a period touches, each cut to the period. */
export function monthsIn(zone: string, { from, to }: Interval): readonly Month[] {
  const local = new Date(from + zoneClock(zone).offsetAt(from));
  const months: Month[] = [];
  for (let [year, month] = [local.getUTCFullYear(), local.getUTCMonth()]; ; month += 1) {
    const [start, end] = [startOf(zone, Date.UTC(year, month)), startOf(zone, Date.UTC(year, month + 1))];
    if (start >= to) return months;
    const name = new Date(Date.UTC(year, month)).toISOString().slice(0, 7);
    if (end > from) months.push({ month: name, from: Math.max(start, from), to: Math.min(end, to), whole: start >= from && end <= to });
  }
}
