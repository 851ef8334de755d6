/** Numbers that only look random: the same seed gives the same ones (Marsaglia's xorshift, 32 bits). */
export type Random = {
  /** A whole number from 0 to `below` - 1. */
  readonly below: (below: number) => number;
  readonly pick: <T>(items: readonly [T, ...T[]]) => T;
};

export function randomFrom(seed: number): Random {
  // Neighbouring seeds would start alike, and zero would stay zero.
  let state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) | 1;
  const next = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
  for (let warm = 0; warm < 8; warm += 1) next();
  const below = (limit: number): number => next() % limit;
  return { below, pick: (items) => items[below(items.length)] ?? items[0] };
}
