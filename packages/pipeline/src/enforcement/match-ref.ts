import picomatch from 'picomatch';
import type { Ruleset } from './enforcement.ts';

/**
 * Whether a pattern of a ruleset means a full ref. As GitHub reads them, with Ruby's `File.fnmatch` and FNM_PATHNAME (GitHub Docs, “Creating rulesets for
 * a repository”): `*` stays within a segment, `**` crosses them.
 */
export function matchesRef(pattern: string, ref: string, defaultBranch: string): boolean {
  if (pattern === '~ALL') return true;
  if (pattern === '~DEFAULT_BRANCH') return ref === `refs/heads/${defaultBranch}`;
  return picomatch.isMatch(ref, pattern, { dot: true, noextglob: true, nobrace: true, nonegate: true });
}

/** One ref, or a family of them: every ref that begins with `prefix`, shown by examples. */
export type Refs = { readonly examples: readonly string[]; /** null: the examples are all there is. */ readonly prefix: string | null };

export const oneRef = (ref: string): Refs => ({ examples: [ref], prefix: null });

/** Whether a ruleset speaks of all these refs, in force or not. Of a family it has to leave nothing out, which is taken for granted only where an exception is plainly about others. */
export function covers({ target, include, exclude }: Ruleset, { examples, prefix }: Refs, defaultBranch: string): boolean {
  const matches = (ref: string) => (pattern: string): boolean => matchesRef(pattern, ref, defaultBranch);
  const isMeant = (ref: string): boolean => target === (ref.startsWith('refs/tags/') ? 'tag' : 'branch') && include.some(matches(ref)) && !exclude.some(matches(ref));
  return examples.every(isMeant) && (prefix === null || exclude.every((pattern) => isApart(pattern, prefix)));
}

/** Whether a pattern can mean nothing that begins with a prefix: what it says before its first wildcard is already different. */
function isApart(pattern: string, prefix: string): boolean {
  const [literal = ''] = pattern.split(/[*?[\\]/);
  return !pattern.startsWith('~') && !literal.startsWith(prefix) && !prefix.startsWith(literal);
}
