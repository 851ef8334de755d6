import { describe, expect, it } from 'vitest';
import { openingOf, openings } from './openings.ts';

describe('openings', () => {
  const names = Object.keys(openings);

  it('come by turns, each once in a round, whatever the seed', () => {
    for (const seed of [0, 1, 1_000_004]) expect(new Set(names.map((_, turn) => openingOf(seed + turn)))).toEqual(new Set(names));
  });

  it('begin a story again with its own seed', () => {
    expect(openingOf(names.length + 3)).toBe(openingOf(3));
  });
});
