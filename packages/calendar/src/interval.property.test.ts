import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Interval } from './calendar.ts';
import { contains, mergeIntervals, subtractIntervals } from './interval.ts';

const anyIntervals = fc.array(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: -2, max: 8 })).map(([from, length]): Interval => ({ from, to: from + length })), { maxLength: 8 });
const points = Array.from({ length: 45 }, (_, index) => index - 3);
const covered = (intervals: readonly Interval[]): readonly number[] => points.filter((point) => intervals.some((interval) => contains(interval, point)));

it('merging keeps every instant, in order, with a gap between any two', () => {
  fc.assert(
    fc.property(anyIntervals, (intervals) => {
      const merged = mergeIntervals(intervals);
      expect(covered(merged)).toEqual(covered(intervals));
      expect(merged.every(({ from, to }, index) => from < to && (index === 0 || (merged[index - 1]?.to ?? from) < from))).toBe(true);
    }),
  );
});

it('subtracting leaves exactly the instants that no hole covers, and nothing empty', () => {
  fc.assert(
    fc.property(anyIntervals, anyIntervals, (intervals, holes) => {
      const left = subtractIntervals(mergeIntervals(intervals), mergeIntervals(holes));
      const removed = new Set(covered(holes));
      expect(covered(left)).toEqual(covered(intervals).filter((point) => !removed.has(point)));
      expect(left.every(({ from, to }) => from < to)).toBe(true);
    }),
  );
});
