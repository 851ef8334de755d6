import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Interval } from './calendar.ts';
import { compareOpenings } from './compare-openings.ts';
import { mergeIntervals } from './interval.ts';

const openings = fc.array(fc.tuple(fc.nat(60), fc.integer({ min: 1, max: 9 }))).map((parts) => mergeIntervals(parts.map(([from, length]) => ({ from, to: from + length }))));
const contains = (intervals: readonly Interval[], at: number): boolean => intervals.some(({ from, to }) => at >= from && at < to);

it('two calendars say of every instant what an instant by instant look says', () => {
  fc.assert(fc.property(openings, openings, (before, after) => {
    const { changes, added } = compareOpenings(before, after);
    const kept = changes.flatMap((one) => (one.change === 'kept' ? [one.opening] : one.change === 'shortened' ? one.now : []));
    for (let at = 0; at < 75; at += 1) {
      expect(contains(kept, at)).toBe(contains(before, at) && contains(after, at));
      expect(contains(added, at)).toBe(contains(after, at) && !contains(before, at));
    }
  }));
});
