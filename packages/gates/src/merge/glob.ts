/** Outside what this matcher knows: braces, classes, negation, escapes, extended groups. Such a glob is refused, never read as plain text. */
const unsupported = /[{}[\]()\\]|^!/;

export const isSupportedGlob = (glob: string): boolean => glob !== '' && !unsupported.test(glob);

/**
 * Does a repository path match a glob? `*` and `?` stay within a name, `**` stands for any number of whole names, a
 * leading or trailing slash is ignored. `folder/**` also matches `folder` itself, which a link or submodule could take
 * the place of. Names that begin with a dot are like others. Takes time in proportion to glob length times path length.
 */
export function matchesGlob(glob: string, path: string): boolean {
  return matchesAll(names(glob), names(path), (name) => name === '**', matchesName);
}

/** Can a glob match a folder, or anything below it? `src/cart/*.ts` reaches below `src`, and below the root, which is ''. */
export function reachesBelow(glob: string, folder: string): boolean {
  const parts = names(glob);
  return [...parts, ''].some((_, count) => matchesAll(parts.slice(0, count), names(folder), (name) => name === '**', matchesName)) || matchesGlob(glob, folder);
}

const names = (text: string): readonly string[] => text.split('/').filter((name) => name !== '');

const matchesName = (pattern: string, name: string): boolean =>
  pattern === '**' ? true : matchesAll([...pattern], [...name], (character) => character === '*', (character, other) => character === '?' || character === other);

/** Wildcard match by keeping, for every prefix of `items`, whether the pattern so far can end there. */
function matchesAll(pattern: readonly string[], items: readonly string[], isAny: (part: string) => boolean, matchesOne: (part: string, item: string) => boolean): boolean {
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
