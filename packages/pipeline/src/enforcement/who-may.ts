import type { BypassActor, Rule, Ruleset } from './enforcement.ts';
import { covers } from './match-ref.ts';
import type { Refs } from './match-ref.ts';

/** Who can do to refs what a rule forbids. `only` may be empty. `hidden`: a rule forbids it, and who stands outside was not told. */
export type Allowed =
  | { readonly who: 'everyone'; /** Rulesets that would forbid it and are not in force. */ readonly idle: readonly string[] }
  | { readonly who: 'only'; readonly actors: readonly BypassActor[] }
  | { readonly who: 'hidden'; readonly why: string };

export type RulesOn = { readonly rulesets: readonly Ruleset[]; readonly defaultBranch: string };

/** Rulesets that speak of the refs and hold a rule that `isMeant`. */
const rulesetsWith = ({ rulesets, defaultBranch }: RulesOn, refs: Refs, isMeant: (rule: Rule) => boolean): readonly Ruleset[] =>
  rulesets.filter((ruleset) => covers(ruleset, refs, defaultBranch) && ruleset.rules.some(isMeant));

/** Whoever wants to do it has to stand outside of every ruleset that forbids it. */
export function whoMay(rules: RulesOn, refs: Refs, isMeant: (rule: Rule) => boolean): Allowed {
  const speaking = rulesetsWith(rules, refs, isMeant);
  const forbidding = speaking.filter(({ enforcement }) => enforcement === 'active');
  if (forbidding.length === 0) return { who: 'everyone', idle: speaking.map(({ name }) => name) };
  const told = forbidding.flatMap(({ bypass }) => (bypass.state === 'seen' ? [bypass.value] : []));
  const actors = told.length === 0 ? [] : told.reduce((outside, next) => outside.filter((actor) => next.some((other) => isSame(actor, other))));
  const untold = forbidding.find(({ bypass }) => bypass.state === 'hidden')?.bypass;
  // Somebody unknown stands outside of all of them only if nobody is told to be the last.
  if (untold?.state === 'hidden' && (told.length === 0 || actors.length > 0)) return { who: 'hidden', why: untold.why };
  return { who: 'only', actors };
}

export const ofType = (type: string) => (rule: Rule): boolean => rule.type === type;

const isSame = (one: BypassActor, other: BypassActor): boolean => one.kind === other.kind && one.id === other.id;

/** GitHub's numbers of the roles that may stand outside a ruleset. */
const roles = new Map([[2, 'maintain'], [4, 'write'], [5, 'admin']]);

/** An actor in words. */
export function describeActor({ kind, id, mode }: BypassActor): string {
  const through = mode === 'pull_request' ? ', through a pull request' : '';
  switch (kind) {
    case 'Integration':
      return `the App ${id ?? 'of no number'}${through}`;
    case 'Team':
      return `the team ${id ?? 'of no number'}${through}`;
    case 'RepositoryRole':
      return `whoever has the role ${(id === null ? undefined : roles.get(id)) ?? String(id)}${through}`;
    case 'OrganizationAdmin':
      return `owners of the organisation${through}`;
    case 'DeployKey':
      return `whoever holds a deploy key${through}`;
    default:
      return `${kind}${id === null ? '' : ` ${id}`}${through}`;
  }
}

/** Administrators can change a repository's rulesets anyway. */
export const isAdmin = ({ kind, id }: BypassActor): boolean => kind === 'OrganizationAdmin' || kind === 'EnterpriseOwner' || (kind === 'RepositoryRole' && id === 5);
