import { mergeIntervals, subtractIntervals } from '@sallyport/calendar';
import type { Interval } from '@sallyport/calendar';

/** Sets of half-open spans of time. Every answer is sorted, without empty, overlapping or touching spans. */
export const unionOf = mergeIntervals;

export const intersectionOf = (one: readonly Interval[], other: readonly Interval[]): readonly Interval[] =>
  unionOf(one.flatMap((a) => other.map((b) => ({ from: Math.max(a.from, b.from), to: Math.min(a.to, b.to) }))));

export const differenceOf = (whole: readonly Interval[], holes: readonly Interval[]): readonly Interval[] => subtractIntervals(mergeIntervals(whole), mergeIntervals(holes));

export const lengthOf = (spans: readonly Interval[]): number => unionOf(spans).reduce((sum, { from, to }) => sum + to - from, 0);
