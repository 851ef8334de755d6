/** Keeps answers until their weights pass the limit; then the longest unused go first. */
export type BoundedCache<Value> = {
  get(key: string): Value | undefined;
  /** An answer heavier than the whole limit is not kept. */
  set(key: string, value: Value, weight: number): void;
};

export function createBoundedCache<Value>(limit: number): BoundedCache<Value> {
  const kept = new Map<string, { readonly value: Value; readonly weight: number }>();
  let total = 0;
  const drop = (key: string): void => {
    total -= kept.get(key)?.weight ?? 0;
    kept.delete(key);
  };
  return {
    get: (key) => {
      const entry = kept.get(key);
      if (entry === undefined) return undefined;
      // A Map keeps the order of insertion: what is used moves to the end.
      kept.delete(key);
      kept.set(key, entry);
      return entry.value;
    },
    set: (key, value, weight) => {
      drop(key);
      if (weight > limit) return;
      kept.set(key, { value, weight });
      total += weight;
      for (const oldest of kept.keys()) {
        if (total <= limit) return;
        drop(oldest);
      }
    },
  };
}
