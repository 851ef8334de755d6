import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Interval } from './calendar.ts';
import { compareOpenings } from './compare-openings.ts';
import { mergeIntervals } from './interval.ts';

const of = (...bounds: readonly (readonly [number, number])[]): readonly Interval[] => bounds.map(([from, to]) => ({ from, to }));
const told = (before: readonly Interval[], after: readonly Interval[]) => compareOpenings(before, after).changes.map((one) => one.change);

describe('two calendars', () => {
  it.each<[string, readonly Interval[], readonly Interval[], readonly string[], readonly Interval[]]>([
    ['keep what is the same', of([0, 6], [10, 16]), of([0, 6], [10, 16]), ['kept', 'kept'], []],
    ['remove what is open no more, also where the other only touches it', of([0, 6]), of([6, 8]), ['removed'], of([6, 8])],
    ['shorten what begins later', of([0, 6]), of([2, 6]), ['shortened'], []],
    ['shorten what is interrupted', of([0, 6]), of([0, 2], [3, 6]), ['shortened'], []],
    ['keep what only grew, and add the rest', of([0, 6]), of([0, 9]), ['kept'], of([6, 9])],
    ['move what overlaps', of([0, 6]), of([4, 10]), ['shortened'], of([6, 10])],
  ])('%s', (_name, before, after, changes, added) => {
    expect([told(before, after), compareOpenings(before, after).added]).toEqual([changes, added]);
  });

  it('tell the longest gap of each', () => {
    expect(compareOpenings(of([0, 6], [10, 16], [30, 36]), of([0, 6])).longestGap).toEqual({ before: 14, after: null });
  });

  const openings = fc.array(fc.tuple(fc.nat(60), fc.integer({ min: 1, max: 9 }))).map((parts) => mergeIntervals(parts.map(([from, length]) => ({ from, to: from + length }))));
  const contains = (intervals: readonly Interval[], at: number): boolean => intervals.some(({ from, to }) => at >= from && at < to);

  it('say of every instant what an instant by instant look says', () => {
    fc.assert(fc.property(openings, openings, (before, after) => {
      const { changes, added } = compareOpenings(before, after);
      const kept = changes.flatMap((one) => (one.change === 'kept' ? [one.opening] : one.change === 'shortened' ? one.now : []));
      for (let at = 0; at < 75; at += 1) {
        expect(contains(kept, at)).toBe(contains(before, at) && contains(after, at));
        expect(contains(added, at)).toBe(contains(after, at) && !contains(before, at));
      }
    }));
  });
});
