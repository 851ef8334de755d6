import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ascending } from './ascending.ts';

describe('ascending', () => {
  test('orders as a stable sort does, and changes nothing it is given', () => {
    fc.assert(fc.property(fc.array(fc.record({ at: fc.integer({ min: 0, max: 5 }), name: fc.string() })), (items) => {
      const given = structuredClone(items);
      expect(ascending(items, ({ at }) => at)).toEqual(given.toSorted((a, b) => a.at - b.at));
      expect(items).toEqual(given);
    }));
  });

  test('hands back a list that is in order', () => {
    for (const items of [[], [2], [1, 1, 2]]) expect(ascending(items, (item) => item)).toBe(items);
  });
});
