import { performance } from 'node:perf_hooks';
import { describe, expect, test } from 'vitest';
import { fuzzGates } from './fuzz-gates.ts';

const clock = (): number => performance.now();

describe('the merge gate, given documents that were tampered with,', () => {
  test('neither throws nor allows what lacks something', () => {
    const { failures, documents, refused, outcomes } = fuzzGates({ documents: 3000, seconds: 10, seed: 1, clock });
    expect(failures).toEqual([]);
    expect(documents).toBeGreaterThan(500);
    // Not all is refused when it is read, and some of it stays good: else this would try nothing.
    expect(refused).toBeLessThan(documents * 0.9);
    expect(outcomes.allow).toBeGreaterThan(documents * 0.02);
  });

  test('gives the same report for the same seed', () => {
    const again = () => ({ ...fuzzGates({ documents: 500, seconds: 20, seed: 7, clock }), milliseconds: 0 });
    expect(again()).toEqual(again());
  });
});
