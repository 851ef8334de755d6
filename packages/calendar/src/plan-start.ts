import { horizonMilliseconds } from './calendar-book.ts';
import type { Instant } from './calendar.ts';
import type { Calendar } from './prepare-calendar.ts';

/** What a deploy needs, in seconds: its expected duration, and a reserve in which it could be rolled back. */
export type DeployNeed = { readonly expectedSeconds: number; readonly reserveSeconds: number };

/** When a deploy can start so that it ends, reserve included, before the window closes. `lastSafeStart` is null when that window does not close in sight. */
export type StartPlan =
  | { readonly start: 'now'; readonly lastSafeStart: Instant | null }
  | { readonly start: 'later'; readonly opensAt: Instant; readonly lastSafeStart: Instant | null }
  /** No opening within the horizon is long enough. */
  | { readonly start: 'not-in-sight' };

/** The first opening, the current one included, into which a deploy still fits, and the last instant at which it does. */
export function planStart(calendar: Calendar, at: Instant, need: DeployNeed): StartPlan {
  const needed = (need.expectedSeconds + need.reserveSeconds) * 1000;
  const now = calendar.ask(at);
  if (now.state === 'open') {
    if (now.until === null) return { start: 'now', lastSafeStart: null };
    const lastSafeStart = now.until - needed;
    if (at <= lastSafeStart) return { start: 'now', lastSafeStart };
  }
  const horizon = at + horizonMilliseconds;
  for (let opening = now.nextOpening; opening !== null && opening.from < horizon; ) {
    const { from, to } = opening;
    if (to === null) return { start: 'later', opensAt: from, lastSafeStart: null };
    const lastSafeStart = to - needed;
    if (from <= lastSafeStart) return { start: 'later', opensAt: from, lastSafeStart };
    opening = calendar.ask(to).nextOpening;
  }
  return { start: 'not-in-sight' };
}
