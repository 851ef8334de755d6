import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { watchProgress } from './clock-progress.ts';

describe('the progress of told times', () => {
  it.each<[string, readonly (readonly [serverAt: number, receivedAt: number])[], readonly (number | null)[]]>([
    ['is taken as it is told', [[1_000_000, 0], [1_005_000, 5000]], [1_000_000, 1_005_000]],
    ['never goes back, as between two servers', [[1_000_000, 0], [998_000, 100], [1_001_000, 1000]], [1_000_000, 1_000_000, 1_001_000]],
    ['may fall a minute behind', [[1_000_000, 0], [1_000_000, 60_000]], [1_000_000, 1_000_000]],
    ['is not believed a millisecond further behind', [[1_000_000, 0], [1_000_000, 60_001]], [1_000_000, null]],
    ['is not believed when it goes back', [[1_000_000, 0], [939_000, 0]], [1_000_000, null]],
    ['is believed again when it has caught up', [[1_000_000, 0], [1_000_000, 90_000], [1_100_000, 100_000]], [1_000_000, null, 1_100_000]],
    ['may leap ahead, as when the machine slept', [[1_000_000, 0], [9_000_000, 10]], [1_000_000, 9_000_000]],
    ['cannot be made to forget by standing still for long', [[1_000_000, 0], [1_000_000, 50_000], [1_000_000, 100_000]], [1_000_000, 1_000_000, null]],
  ])('%s', (_name, told, expected) => {
    const watch = watchProgress();
    expect(told.map(([serverAt, receivedAt]) => watch({ serverAt, receivedAt }))).toEqual(expected);
  });

  it('only ever rises', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(1_000_000), fc.nat(100_000))), (steps) => {
        const watch = watchProgress();
        let receivedAt = 0;
        const given = steps.flatMap(([serverAt, passed]) => watch({ serverAt, receivedAt: (receivedAt += passed) }) ?? []);
        expect(given).toEqual([...given].sort((a, b) => a - b));
      }),
    );
  });
});
