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

/** Whether a ruleset speaks of a ref, in force or not. */
export function covers({ target, include, exclude }: Ruleset, ref: string, defaultBranch: string): boolean {
  const matches = (pattern: string): boolean => matchesRef(pattern, ref, defaultBranch);
  return target === (ref.startsWith('refs/tags/') ? 'tag' : 'branch') && include.some(matches) && !exclude.some(matches);
}
