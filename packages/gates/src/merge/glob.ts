import { matchesAll, matchesName } from './match-name.ts';

/** Outside what this matcher knows: braces, classes, negation, escapes, extended groups. Such a glob is refused, never read as plain text. */
const unsupported = /[{}[\]()\\]|^!/;

export const isSupportedGlob = (glob: string): boolean => glob !== '' && !unsupported.test(glob);

/** Some globs, made ready once to be asked about many repository paths. */
export type Globs = {
  /** Does one of them match this path? */
  readonly match: (path: string) => boolean;
  /** Can one of them match this folder, or anything below it? `src/cart/*.ts` reaches below `src`, and below the root, which is ''. */
  readonly reachBelow: (folder: string) => boolean;
};

/**
 * `*` and `?` stay within a name, `**` stands for any number of whole names, a leading or trailing slash is ignored. `folder/**` also
 * matches `folder` itself, which a link or submodule could take the place of. Names that begin with a dot are like others.
 * A match takes time in proportion to glob length times path length.
 */
export function readyGlobs(globs: readonly string[]): Globs {
  const ready = globs.map(readyGlob);
  const firstLetters = ready.some(({ beginning }) => beginning === '') ? null : new Set(ready.map(({ beginning }) => beginning.charCodeAt(0)));
  return {
    match: (path) => mayMatch(firstLetters, path) && matchesOne(ready, path),
    reachBelow: (folder) => ready.some((glob) => reaches(glob.names, names(folder))),
  };
}

/** `beginning`: what every path that matches begins with, up to the first wildcard. */
type ReadyGlob = { readonly names: readonly string[]; readonly beginning: string };

function readyGlob(glob: string): ReadyGlob {
  const parts = names(glob);
  const [beginning = ''] = parts.join('/').split(/\/?[*?]/, 1);
  return { names: parts, beginning };
}

const slash = '/'.charCodeAt(0);

/** Most paths differ from all globs in their first letter. */
function mayMatch(firstLetters: ReadonlySet<number> | null, path: string): boolean {
  const first = path.charCodeAt(0);
  return firstLetters === null || firstLetters.has(first) || first === slash;
}

/** And from most in the next ones. A path with empty names in it has to be looked at as a whole. */
function matchesOne(globs: readonly ReadyGlob[], path: string): boolean {
  const hasEmptyNames = path.startsWith('/') || path.includes('//');
  for (const glob of globs) {
    if ((hasEmptyNames || path.startsWith(glob.beginning)) && matchesNames(glob.names, names(path))) return true;
  }
  return false;
}

const names = (text: string): readonly string[] => text.split('/').filter((name) => name !== '');

const matchesNames = (pattern: readonly string[], path: readonly string[]): boolean => matchesAll(pattern, path, (name) => name === '**', matchesName);

const reaches = (pattern: readonly string[], folder: readonly string[]): boolean => Array.from({ length: pattern.length + 1 }, (_, count) => pattern.slice(0, count)).some((start) => matchesNames(start, folder));
