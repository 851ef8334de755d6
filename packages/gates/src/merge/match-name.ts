/** A pattern for one name of a path: `*` stands for any characters and `?` for one. In time in proportion to pattern times name. */
export const matchesName = (pattern: string, name: string): boolean => matchesAll([...pattern], [...name], (character) => character === '*', (character, other) => character === '?' || character === other);

/** Wildcard match by keeping, for every prefix of `items`, whether the pattern so far can end there. */
export function matchesAll(pattern: readonly string[], items: readonly string[], isAny: (part: string) => boolean, matchesOne: (part: string, item: string) => boolean): boolean {
  let reached = [true, ...items.map(() => false)];
  for (const part of pattern) {
    reached = isAny(part) ? spread(reached) : reached.map((_, end) => end > 0 && reached[end - 1] === true && matchesOne(part, items[end - 1] ?? ''));
  }
  return reached.at(-1) === true;
}

function spread(reached: readonly boolean[]): boolean[] {
  const first = reached.indexOf(true);
  return reached.map((_, end) => first !== -1 && end >= first);
}
