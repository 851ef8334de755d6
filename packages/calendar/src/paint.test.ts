import { describe, expect, it } from 'vitest';
import { nothing, paint } from './paint.ts';
import type { Ranked } from './rank-heap.ts';

type Written = readonly [from: number, to: number, rank: number];
const of = (...spans: readonly Written[]): readonly Ranked[] => spans.map(([from, to, rank]) => ({ from, to, rank }));
const painted = (spans: readonly Ranked[]): readonly Written[] => paint(spans, 0, 10).map(({ from, to, rank }) => [from, to, rank]);

describe('painting from 0 to 10', () => {
  it.each<[string, readonly Ranked[], readonly Written[]]>([
    ['nothing holds where there is no span', of(), [[0, 10, nothing]]],
    ['a span holds from its beginning, and no more at its end', of([2, 4, 0]), [[0, 2, nothing], [2, 4, 0], [4, 10, nothing]]],
    ['the lower rank counts, the other before and after it', of([1, 9, 1], [3, 5, 0]), [[0, 1, nothing], [1, 3, 1], [3, 5, 0], [5, 9, 1], [9, 10, nothing]]],
    ['a higher rank that begins in a lower one counts when that has ended', of([1, 5, 0], [3, 8, 1]), [[0, 1, nothing], [1, 5, 0], [5, 8, 1], [8, 10, nothing]]],
    ['of ranks that begin together the lowest counts, whatever their order', of([0, 10, 3], [0, 10, 1], [0, 10, 2]), [[0, 10, 1]]],
    ['ranks come back in order as the lower ones end', of([0, 9, 4], [0, 3, 1], [0, 1, 0], [0, 7, 3], [0, 5, 2]), [[0, 1, 0], [1, 3, 1], [3, 5, 2], [5, 7, 3], [7, 9, 4], [9, 10, nothing]]],
    ['a rank that ended while a lower one held does not come back', of([0, 4, 1], [1, 6, 0]), [[0, 1, 1], [1, 6, 0], [6, 10, nothing]]],
    ['spans of one rank that touch or overlap are one', of([1, 3, 0], [3, 5, 0], [4, 6, 0]), [[0, 1, nothing], [1, 6, 0], [6, 10, nothing]]],
    ['spans are cut off at the bounds', of([-5, 2, 0], [8, 15, 1]), [[0, 2, 0], [2, 8, nothing], [8, 10, 1]]],
    ['a span without an end holds to the bound', of([8, Infinity, 0]), [[0, 8, nothing], [8, 10, 0]]],
    ['what ends where the bounds begin, or begins where they end, holds nowhere', of([-5, 0, 0], [10, 15, 0]), [[0, 10, nothing]]],
    ['what is empty, or ends before it begins, holds nowhere', of([5, 5, 0], [8, 3, 0]), [[0, 10, nothing]]],
  ])('%s', (_name, spans, expected) => {
    expect(painted(spans)).toEqual(expected);
  });
});
