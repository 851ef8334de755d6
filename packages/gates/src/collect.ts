/** What `listOf` gives for each item, one after another: `flatMap` for arrays alone, which takes a fraction of the time where most lists are empty. */
export function collect<T, U>(items: readonly T[], listOf: (item: T) => readonly U[]): readonly U[] {
  if (items.length === 0) return none;
  const all: U[] = [];
  for (const item of items) {
    for (const part of listOf(item)) all.push(part);
  }
  return all;
}

/** The empty list, made once. */
export const none: readonly never[] = [];
