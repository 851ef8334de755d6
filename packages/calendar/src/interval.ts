import type { Instant, Interval } from './calendar.ts';

/** Sorts, drops empty ones, and joins those that overlap or touch. */
export function mergeIntervals(intervals: readonly Interval[]): readonly Interval[] {
  const merged: Interval[] = [];
  for (const interval of intervals.filter(({ from, to }) => from < to).sort((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last !== undefined && interval.from <= last.to) merged[merged.length - 1] = { from: last.from, to: Math.max(last.to, interval.to) };
    else merged.push(interval);
  }
  return merged;
}

/** What is left of `intervals` outside `holes`. Both merged. */
export function subtractIntervals(intervals: readonly Interval[], holes: readonly Interval[]): readonly Interval[] {
  return holes.reduce<readonly Interval[]>(
    (left, hole) => left.flatMap(({ from, to }) => [{ from, to: Math.min(to, hole.from) }, { from: Math.max(from, hole.to), to }].filter((part) => part.from < part.to)),
    intervals,
  );
}

export const contains = ({ from, to }: Interval, at: Instant): boolean => from <= at && at < to;
