import picomatch from 'picomatch';
import type { Repository, Ruleset } from '../world/world.ts';

/** The repository's own rulesets, and its organisation's that cover it. */
export function allRulesets(repository: Repository): readonly Ruleset[] {
  const inherited = (repository.organization?.rulesets ?? []).filter(({ organization }) => organization !== undefined && coversName(organization, repository.name));
  return [...repository.rulesets, ...inherited];
}

function coversName({ include, exclude }: NonNullable<Ruleset['organization']>, name: string): boolean {
  const matches = (pattern: string): boolean => pattern === '~ALL' || picomatch.isMatch(name, pattern, { dot: true, noextglob: true, nobrace: true, nonegate: true });
  return include.some(matches) && !exclude.some(matches);
}

/** Active rulesets whose target and conditions cover `ref` (a full ref name). */
export function rulesetsFor(repository: Repository, ref: string): readonly Ruleset[] {
  const target = ref.startsWith('refs/heads/') ? 'branch' : ref.startsWith('refs/tags/') ? 'tag' : null;
  return allRulesets(repository).filter((ruleset) => ruleset.enforcement === 'active' && ruleset.target === target && covers(ruleset, repository, ref));
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
