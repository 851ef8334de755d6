import type { ChangedFileFact } from '../facts/merge-facts.ts';
import type { Globs } from './glob.ts';

/**
 * Does the change of this file, or may it, change what one of the globs matches? A symlink changes what it leads to and everything
 * below. Where it leads outside the repository, or nobody knows where, it may change anything.
 */
export function touches({ path, previousPath, kind, target }: ChangedFileFact, globs: Globs): boolean {
  if (globs.match(path) || (previousPath !== null && globs.match(previousPath))) return true;
  if (kind === null || ('known' in kind && kind.known !== 'symlink')) return false;
  if (target === undefined || 'unknown' in target || target.known === null) return true;
  return globs.reachBelow(target.known);
}

/** The paths a file stands for, as far as they can be told: its own, the one it had before, and where it leads as a symlink. */
export function pathsOf({ path, previousPath, target }: ChangedFileFact): readonly string[] {
  const paths = [path];
  if (previousPath !== null) paths.push(previousPath);
  if (target !== undefined && 'known' in target && target.known !== null) paths.push(target.known);
  return paths;
}
