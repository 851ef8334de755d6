import { describe, expect, test } from 'vitest';
import { fuzzGates } from './fuzz-gates.ts';

/** No time passes, so that the number of documents alone says when it is over. */
const standing = (): number => 0;

describe('the merge gate, given documents that were tampered with,', () => {
  test('neither throws nor allows what lacks something', () => {
    const { failures, documents, refused, outcomes } = fuzzGates({ documents: 2000, seconds: 1, seed: 1, clock: standing });
    expect(failures).toEqual([]);
    expect(documents).toBe(2000);
    // Not all is refused when it is read, and some of it stays good: else this would try nothing.
    expect(refused).toBeLessThan(documents * 0.9);
    expect(outcomes.allow).toBeGreaterThan(documents * 0.02);
  });

  test('gives the same report for the same seed', () => {
    const again = () => fuzzGates({ documents: 500, seconds: 1, seed: 7, clock: standing });
    expect(again()).toEqual(again());
  });

  test('tries the same documents when they are shared out', () => {
    const options = { documents: 301, seconds: 1, seed: 3, clock: standing };
    const whole = fuzzGates(options);
    const shares = [0, 1].map((rest) => fuzzGates({ ...options, share: { rest, of: 2 } }));
    const sum = (count: (report: typeof whole) => number): number => shares.reduce((total, report) => total + count(report), 0);
    expect({ documents: sum(({ documents }) => documents), refused: sum(({ refused }) => refused), allow: sum(({ outcomes }) => outcomes.allow) }).toEqual({ documents: 301, refused: whole.refused, allow: whole.outcomes.allow });
  });

  test('stops when its time is over', () => {
    let seconds = 0;
    const { documents, milliseconds } = fuzzGates({ documents: 2000, seconds: 2, seed: 1, clock: () => 1000 * seconds++ });
    expect({ documents, milliseconds }).toEqual({ documents: 512, milliseconds: 4000 });
  });
});
