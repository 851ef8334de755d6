import type { FreezeInForce } from './calendar-answer.ts';
import type { Instant, Interval } from './calendar.ts';
import { freezeIntervals } from './freeze-intervals.ts';
import type { Freeze } from './freeze-span.ts';
import { contains, mergeIntervals } from './interval.ts';
import { datesAround } from './occurrences.ts';
import { paint } from './paint.ts';
import type { PreparedWindowRule, WindowRule } from './window-rules.ts';

/** What holds in a stretch of time. */
export type Says = { readonly kind: 'open'; readonly rule: WindowRule } | { readonly kind: 'freeze'; readonly freeze: FreezeInForce } | { readonly kind: 'no-window' };

/** Some three months of a calendar, worked out. */
export type CalendarPage = Interval & {
  /** Where each stretch begins; the first is the beginning of the page, and each ends where the next begins. */
  readonly starts: readonly Instant[];
  readonly says: readonly Says[];
  /** Open time, merged, cut off at the bounds of the page. */
  readonly open: readonly Interval[];
};

/** The rules of a calendar in the order in which they count: freezes before windows, and each in the order of the file. */
export type Rules = { readonly freezes: readonly Freeze[]; readonly windows: readonly PreparedWindowRule[] };

export function makePage({ freezes, windows }: Rules, from: Instant, to: Instant): CalendarPage {
  const dates = datesAround(from, to);
  const closing = freezes.map((freeze) => freezeIntervals(freeze, from, to));
  const opening = windows.map(({ startingOn }) => startingOn(dates));
  const ranked = [...closing, ...opening].flatMap((intervals, rank) => intervals.map((interval) => ({ ...interval, rank })));
  const stretches = paint(ranked, from, to);
  const says = stretches.map(({ from: at, rank }): Says => {
    const freeze = freezes[rank];
    if (freeze !== undefined) return { kind: 'freeze', freeze: inForce(freeze, closing[rank] ?? [], at) };
    const window = windows[rank - freezes.length];
    return window === undefined ? { kind: 'no-window' } : { kind: 'open', rule: window.rule };
  });
  const open = mergeIntervals(stretches.filter((_stretch, index) => says[index]?.kind === 'open').map((stretch) => ({ from: stretch.from, to: stretch.to })));
  return { from, to, starts: stretches.map((stretch) => stretch.from), says, open };
}

function inForce({ name, owner, reason }: Freeze, intervals: readonly Interval[], at: Instant): FreezeInForce {
  const { from, to } = mergeIntervals(intervals).find((interval) => contains(interval, at)) ?? { from: at, to: at };
  return { name, owner, reason, since: from, until: to === Infinity ? null : to };
}

/** The number of the last element that is no greater than `at`; minus one when all are. Takes time in proportion to the logarithm. */
export function lastNotAfter(sorted: readonly Instant[], at: Instant): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? Infinity) <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
