import { describe, expect, it } from 'vitest';
import type { Interval } from './calendar.ts';
import { compareOpenings } from './compare-openings.ts';

const of = (...bounds: readonly (readonly [number, number])[]): readonly Interval[] => bounds.map(([from, to]) => ({ from, to }));
const told = (before: readonly Interval[], after: readonly Interval[]) => compareOpenings(before, after).changes.map((one) => one.change);

describe('two calendars', () => {
  it.each<[string, readonly Interval[], readonly Interval[], readonly string[], readonly Interval[]]>([
    ['keep what is the same', of([0, 6], [10, 16]), of([0, 6], [10, 16]), ['kept', 'kept'], []],
    ['remove what is open no more, also where the other only touches it', of([0, 6]), of([6, 8]), ['removed'], of([6, 8])],
    ['shorten what begins later', of([0, 6]), of([2, 6]), ['shortened'], []],
    ['remove what another ends just before', of([2, 6]), of([0, 2]), ['removed'], of([0, 2])],
    ['shorten what ends earlier', of([0, 6]), of([0, 4]), ['shortened'], []],
    ['shorten what is interrupted', of([0, 6]), of([0, 2], [3, 6]), ['shortened'], []],
    ['keep what only grew, and add the rest', of([0, 6]), of([0, 9]), ['kept'], of([6, 9])],
    ['move what overlaps', of([0, 6]), of([4, 10]), ['shortened'], of([6, 10])],
  ])('%s', (_name, before, after, changes, added) => {
    expect([told(before, after), compareOpenings(before, after).added]).toEqual([changes, added]);
  });

  it('tell the longest gap of each', () => {
    expect(compareOpenings(of([0, 6], [10, 16], [30, 36]), of([0, 6])).longestGap).toEqual({ before: 14, after: null });
    expect(compareOpenings(of([0, 6], [20, 26], [30, 36]), of([0, 6], [7, 9])).longestGap).toEqual({ before: 14, after: 1 });
  });
});
