import picomatch from 'picomatch';
import type { Repository, Ruleset } from '../world/world.ts';

/** Active rulesets whose target and conditions cover `ref` (a full ref name). */
export function rulesetsFor(repository: Repository, ref: string): readonly Ruleset[] {
  const target = ref.startsWith('refs/heads/') ? 'branch' : ref.startsWith('refs/tags/') ? 'tag' : null;
  return repository.rulesets.filter((ruleset) => ruleset.enforcement === 'active' && ruleset.target === target && covers(ruleset, repository, ref));
}

function covers(ruleset: Ruleset, repository: Repository, ref: string): boolean {
  const matches = (pattern: string): boolean => matchesRef(pattern, ref, repository.defaultBranch);
  return ruleset.conditions.include.some(matches) && !ruleset.conditions.exclude.some(matches);
}

/** fnmatch with path names, as rulesets use: `*` stays within a segment, `**` crosses segments; `~ALL` and `~DEFAULT_BRANCH`. */
export function matchesRef(pattern: string, ref: string, defaultBranch: string): boolean {
  if (pattern === '~ALL') return true;
  if (pattern === '~DEFAULT_BRANCH') return ref === `refs/heads/${defaultBranch}`;
  return picomatch.isMatch(ref, pattern, { dot: true, noextglob: true, nobrace: true, nonegate: true });
}
