import { describe, expect, it } from 'vitest';
import type { Interval } from './calendar.ts';
import { contains, mergeIntervals, subtractIntervals } from './interval.ts';

const of = (...bounds: readonly (readonly [number, number])[]): readonly Interval[] => bounds.map(([from, to]) => ({ from, to }));

describe('an interval', () => {
  it.each([
    ['not the instant before it begins', 9, false],
    ['the instant at which it begins', 10, true],
    ['the last instant before it ends', 19, true],
    ['not the instant at which it ends', 20, false],
  ])('contains %s', (_name, at, expected) => {
    expect(contains({ from: 10, to: 20 }, at)).toBe(expected);
  });
});

describe('merging', () => {
  it.each([
    ['joins what overlaps', of([0, 6], [4, 9]), of([0, 9])],
    ['joins what touches', of([0, 6], [6, 9]), of([0, 9])],
    ['keeps apart what has an instant between', of([0, 6], [7, 9]), of([0, 6], [7, 9])],
    ['keeps the end of what holds another', of([0, 9], [2, 4]), of([0, 9])],
    ['puts in order', of([7, 9], [0, 2], [4, 5]), of([0, 2], [4, 5], [7, 9])],
    ['drops what is empty', of([0, 2], [4, 4], [6, 8]), of([0, 2], [6, 8])],
    ['drops what ends before it begins', of([0, 2], [8, 4]), of([0, 2])],
    ['makes nothing of nothing', of(), of()],
  ])('%s', (_name, intervals, expected) => {
    expect(mergeIntervals(intervals)).toEqual(expected);
  });
});

describe('subtracting', () => {
  it.each([
    ['leaves what no hole meets', of([4, 6]), of([0, 2], [8, 9]), of([4, 6])],
    ['leaves what a hole only touches, on either side', of([4, 6]), of([2, 4], [6, 8]), of([4, 6])],
    ['takes the beginning', of([4, 8]), of([2, 6]), of([6, 8])],
    ['takes the end', of([4, 8]), of([6, 9]), of([4, 6])],
    ['leaves both sides of a hole within', of([4, 8]), of([5, 6]), of([4, 5], [6, 8])],
    ['takes all of what a hole covers to the instant', of([4, 8]), of([4, 8]), of()],
    ['takes each hole from each interval', of([0, 4], [6, 10]), of([1, 2], [3, 7]), of([0, 1], [2, 3], [7, 10])],
    ['takes everything after the beginning of a hole without an end', of([0, 4], [6, 10]), of([2, Infinity]), of([0, 2])],
  ])('%s', (_name, intervals, holes, expected) => {
    expect(subtractIntervals(intervals, holes)).toEqual(expected);
  });
});
