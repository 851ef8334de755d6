import type { Interval } from './calendar.ts';
import { mergeIntervals, subtractIntervals } from './interval.ts';

/** What became of one opening: `now` is what is open of it under the new rules. */
export type OpeningChange =
  | { readonly change: 'kept'; readonly opening: Interval }
  | { readonly change: 'removed'; readonly opening: Interval }
  | { readonly change: 'shortened'; readonly opening: Interval; readonly now: readonly Interval[] };

export type OpeningsComparison = {
  /** Every old opening, in order. One that only grew is kept; what it grew by is added. */
  readonly changes: readonly OpeningChange[];
  /** Open time that was not open before, in order. */
  readonly added: readonly Interval[];
  /** The longest time without an opening that lies between two of them, in milliseconds; null where there are fewer than two. */
  readonly longestGap: { readonly before: number | null; readonly after: number | null };
};

/** Compares the open time of two calendars over the same span. Both lists are in order and their intervals apart, as `openIntervals` gives them. */
export function compareOpenings(before: readonly Interval[], after: readonly Interval[]): OpeningsComparison {
  return {
    changes: before.map((opening) => changeOf(opening, after)),
    added: subtractIntervals(after, mergeIntervals(before)),
    longestGap: { before: longestGap(before), after: longestGap(after) },
  };
}

function changeOf(opening: Interval, after: readonly Interval[]): OpeningChange {
  const now = after.filter(({ from, to }) => from < opening.to && to > opening.from).map(({ from, to }) => ({ from: Math.max(from, opening.from), to: Math.min(to, opening.to) }));
  const [first] = now;
  if (first === undefined) return { change: 'removed', opening };
  return first.from === opening.from && first.to === opening.to ? { change: 'kept', opening } : { change: 'shortened', opening, now };
}

function longestGap(openings: readonly Interval[]): number | null {
  let longest: number | null = null;
  for (const [index, { from }] of openings.entries()) {
    const last = openings[index - 1];
    if (last !== undefined) longest = Math.max(longest ?? 0, from - last.to);
  }
  return longest;
}
