import type { FreezePolicy, WindowPolicy } from '@sallyport/policy';
import type { Instant, Interval, WindowState } from './calendar.ts';
import { contains, mergeIntervals, subtractIntervals } from './interval.ts';
import { freezeInterval, occurrences } from './occurrences.ts';

const day = 24 * 60 * 60_000;
/** Looked at step by step, because most answers lie within a fortnight. Beyond the last, nothing is promised. */
const horizons = [15 * day, 60 * day, 400 * day] as const;
const [lookback] = horizons;

/**
 * Whether a window is open at an instant, since when and until when, and when it opens next. A freeze goes before the
 * window and its extra times. Half-open: at `until` it is closed. `nextOpening` is null when none comes within 400 days,
 * and the `since` and `until` of a window that never closes are some instants at least that far away.
 * Throws `UnknownZoneError` on a zone that `checkZone` refuses as unknown.
 */
export function windowState(window: WindowPolicy, freezes: readonly FreezePolicy[], at: Instant): WindowState {
  const frozen = freezes.map((freeze) => ({ name: freeze.name, intervals: freezeInterval(freeze) })).find(({ intervals }) => intervals.some((interval) => contains(interval, at)));
  for (const horizon of horizons) {
    const upcoming = openIntervals(window, freezes, at - lookback, at + horizon).filter(({ to }) => to > at);
    const current = upcoming.find((interval) => contains(interval, at));
    const next = upcoming.find(({ from }) => from > at) ?? null;
    const reachesEnd = (interval: Interval | undefined | null): boolean => interval != null && interval.to >= at + horizon - day;
    if (horizon !== horizons[2] && (next === null || reachesEnd(next) || reachesEnd(current))) continue;
    if (current !== undefined) return { state: 'open', window: window.name, since: openSince(window, freezes, at, current), until: current.to, nextOpening: next };
    return { state: 'closed', window: window.name, because: frozen === undefined ? 'outside-window' : 'freeze', freeze: frozen?.name ?? null, nextOpening: next };
  }
  throw new RangeError('unreachable: the last horizon always answers');
}

/** What was open before the fortnight that was looked at may have begun earlier still. */
function openSince(window: WindowPolicy, freezes: readonly FreezePolicy[], at: Instant, current: Interval): Instant {
  let since = current.from;
  let looked: number = lookback;
  for (const horizon of horizons) {
    if (since >= at - looked) break;
    since = openIntervals(window, freezes, at - horizon, at + 1).find((interval) => contains(interval, at))?.from ?? since;
    looked = horizon;
  }
  return since;
}

/**
 * The open time of a window that touches `[from, to)`: its occurrences less the freezes, merged, in order. Bounds within
 * the span are exact; an interval that reaches out of it may go on further than it says.
 */
export function openIntervals(window: WindowPolicy, freezes: readonly FreezePolicy[], from: Instant, to: Instant): readonly Interval[] {
  const open = subtractIntervals(occurrences(window, from, to), mergeIntervals(freezes.flatMap(freezeInterval)));
  return open.filter((interval) => interval.to > from && interval.from < to);
}
