/** Items by a number of theirs. Most lists come in order already: those are handed back as they are. Equal ones keep their order. */
export function ascending<T>(items: readonly T[], valueOf: (item: T) => number): readonly T[] {
  if (items.length < 2) return items;
  let last = -Infinity;
  for (const item of items) {
    const value = valueOf(item);
    if (value < last) return [...items].sort((a, b) => valueOf(a) - valueOf(b));
    last = value;
  }
  return items;
}
