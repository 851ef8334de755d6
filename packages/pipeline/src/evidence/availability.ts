import { openIntervals } from '@sallyport/calendar';
import type { Interval } from '@sallyport/calendar';
import type { Outage } from './parse-outages.ts';
import { monthsIn } from './period.ts';
import type { Month } from './period.ts';
import { environmentIn } from './policy-history.ts';
import type { PolicyInForce } from './policy-history.ts';
import type { Availability, MonthAvailability } from './report.ts';
import { differenceOf, intersectionOf, lengthOf, unionOf } from './spans.ts';

/** The share of a month that is promised. */
export const objective = 0.999;

export type AvailabilityQuestion = { readonly zone: string; readonly period: Interval; readonly outages: readonly Outage[]; /** When maintenance may be planned: the open windows. */ readonly windows: readonly Interval[] };

/** Per calendar month of the zone. Outages outside the period count for nothing. */
export const availabilityOf = ({ zone, period, outages, windows }: AvailabilityQuestion): Availability => ({
  objective,
  outages: outages.filter(({ from, to }) => from < period.to && to > period.from).length,
  months: monthsIn(zone, period).map((month) => monthAvailability(month, outages, windows)),
});

/**
 * (total − unplanned − excluded) / (total − excluded). Excluded is planned outage inside a window; what overran the window, and what
 * overlaps an unplanned outage, counts as unplanned. So an exclusion never lowers the figure below the raw one.
 */
export function monthAvailability(month: Month, outages: readonly Outage[], windows: readonly Interval[]): MonthAvailability {
  const within = (kind: Outage['kind']): readonly Interval[] => intersectionOf(outages.filter((outage) => outage.kind === kind), [month]);
  const [planned, unplanned] = [within('planned'), within('unplanned')];
  const excluded = differenceOf(intersectionOf(planned, windows), unplanned);
  const down = unionOf([...planned, ...unplanned]);
  const [total, gone, out] = [month.to - month.from, lengthOf(down), lengthOf(excluded)];
  const contractual = total === out ? null : (total - gone) / (total - out);
  return {
    month: month.month,
    whole: month.whole,
    totalSeconds: seconds(total),
    downSeconds: seconds(gone),
    excludedSeconds: seconds(out),
    unplannedSeconds: seconds(gone - out),
    raw: rounded((total - gone) / total),
    contractual: contractual === null ? null : rounded(contractual),
    met: contractual === null ? null : contractual >= objective,
  };
}

const seconds = (milliseconds: number): number => Math.round(milliseconds / 1000);
/** Down, to a millionth: a figure is never shown better than it is. */
const rounded = (share: number): number => Math.floor(share * 1e6) / 1e6;

/** When an environment was open, by the policies in force at the time and the freezes written in them. */
export function windowsOf(history: readonly PolicyInForce[], name: string, period: Interval): readonly Interval[] {
  return unionOf(
    history.flatMap(({ since, policy }, place) => {
      const span = { from: Math.max(since, period.from), to: Math.min(history[place + 1]?.since ?? Infinity, period.to) };
      if (span.from >= span.to) return [];
      const environment = environmentIn(policy, name);
      const window = policy.windows.find((one) => one.name === environment?.window);
      if (environment === undefined) return [];
      if (environment.window === null) return [span];
      return window === undefined ? [] : intersectionOf(openIntervals(window, policy.freezes, span.from, span.to), [span]);
    }),
  );
}
