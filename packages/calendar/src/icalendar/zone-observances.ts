import type { Instant } from '../calendar.ts';
import { dayFacts, day } from '../day-number.ts';
import type { ZoneChanges } from '../zone-changes.ts';
import type { WallTime } from '../zone-clock.ts';

/** From `onset`, in the wall time of before, a zone is `after` milliseconds ahead of UTC; again every year where `yearly` is set. */
export type Observance = {
  readonly onset: WallTime;
  readonly before: number;
  readonly after: number;
  readonly yearly: Yearly | null;
};

/** The same weekday of the same month each year, up to `until`. */
export type Yearly = {
  /** 1 to 12. */
  readonly month: number;
  /** 0 is Sunday. */
  readonly weekday: number;
  /** 1 to 4: the first to fourth in the month; -1: the last. */
  readonly nth: number;
  /** The last change; null while it was still going on at the end of the years that were looked at. */
  readonly until: Instant | null;
};

type Change = { readonly at: Instant; readonly before: number; readonly after: number };
type Run = { readonly first: Change; last: Change; nths: readonly number[] };

/** Changes of a zone's clock as iCalendar observances, in order: those that come back each year as one rule, which is what Outlook reads best. */
export function zoneObservances({ starts, offsets }: ZoneChanges, lastYear: number): readonly Observance[] {
  const changes = starts.slice(1).map((at, index): Change => ({ at, before: offsets[index] ?? 0, after: offsets[index + 1] ?? 0 }));
  const runs: Run[] = [];
  const current = new Map<string, Run>();
  for (const change of changes) {
    const pattern = patternOf(change);
    const run = current.get(pattern);
    const nths = nthsOf(change);
    const shared = nths.filter((nth) => run?.nths.includes(nth));
    if (run !== undefined && yearOf(run.last) + 1 === yearOf(change) && shared.length > 0) {
      run.last = change;
      run.nths = shared;
      continue;
    }
    const begun = { first: change, last: change, nths };
    runs.push(begun);
    current.set(pattern, begun);
  }
  return runs.map((run) => observanceOf(run, lastYear));
}

function observanceOf({ first, last, nths }: Run, lastYear: number): Observance {
  const onset = wallOf(first);
  const [nth] = nths;
  const date = new Date(onset);
  const until = yearOf(last) >= lastYear ? null : last.at;
  const yearly = first === last || nth === undefined ? null : { month: date.getUTCMonth() + 1, weekday: date.getUTCDay(), nth, until };
  return { onset, before: first.before, after: first.after, yearly };
}

/** What must be the same for two changes to be of one yearly rule. */
function patternOf(change: Change): string {
  const date = new Date(wallOf(change));
  return [change.before, change.after, date.getUTCMonth(), date.getUTCDay(), wallOf(change) % day].join(' ');
}

function nthsOf(change: Change): readonly number[] {
  const { nth, isLast } = dayFacts(Math.floor(wallOf(change) / day));
  return [...(nth < 5 ? [nth] : []), ...(isLast ? [-1] : [])];
}

const wallOf = ({ at, before }: Change): WallTime => at + before;
const yearOf = (change: Change): number => new Date(wallOf(change)).getUTCFullYear();
