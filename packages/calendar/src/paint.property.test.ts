import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nothing, paint } from './paint.ts';

const anySpans = fc.array(fc.record({ from: fc.integer({ min: -5, max: 45 }), length: fc.oneof(fc.integer({ min: -1, max: 15 }), fc.constant(Infinity)), rank: fc.nat(9) }).map(({ from, length, rank }) => ({ from, to: from + length, rank })), { maxLength: 25 });

it('each instant has the lowest rank that holds there, and neighbours differ', () => {
  fc.assert(
    fc.property(anySpans, (spans) => {
      const stretches = paint(spans, 0, 40);
      const painted = stretches.flatMap(({ from, to, rank }) => Array.from({ length: to - from }, () => rank));
      const expected = Array.from({ length: 40 }, (_, at) => Math.min(...spans.filter(({ from, to }) => from <= at && at < to).map(({ rank }) => rank))).map((rank) => (rank === Infinity ? nothing : rank));
      expect(painted).toEqual(expected);
      expect(stretches.every(({ rank }, index) => index === 0 || rank !== stretches[index - 1]?.rank)).toBe(true);
    }),
    { numRuns: 500 },
  );
});
