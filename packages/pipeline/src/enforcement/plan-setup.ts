import type { Policy } from '@sallyport/policy';
import type { Enforcement, Environment, Ruleset, Seen } from './enforcement.ts';
import { differencesOf } from './ruleset-differences.ts';
import type { SetupEffect } from './setup-effect.ts';
import { keeperEnvironment, overrideLabel, wantedEnvironments, wantedRulesets } from './wanted-enforcement.ts';
import type { WantedEnvironment, WantedRuleset } from './wanted-enforcement.ts';

/** One thing that is set up, as it is and as it will be. */
export type SetupStep = {
  /** E.g. `environment production`. */
  readonly what: string;
  /** `held`: as it should be. `unseen`: nothing is changed, because it cannot be seen what is there. `not-here`: this repository or its plan does not have it. */
  readonly state: 'held' | 'make' | 'change' | 'unseen' | 'not-here';
  /** A line each: `+` what comes, `-` what goes; for `unseen` and `not-here`, why. */
  readonly lines: readonly string[];
  readonly effects: readonly SetupEffect[];
};

/**
 * What it takes to make the lock, in the order in which it is safe: environments before secrets are put into them, and last of all the rulesets, of which the one for
 * the gated branches comes after all others. Asked again after it was done, every step is held.
 */
export function planSetup(enforcement: Enforcement, policy: Policy, app: number): readonly SetupStep[] {
  return [
    ...wantedEnvironments(policy, enforcement.repository.defaultBranch).map((wanted) => planEnvironment(wanted, enforcement.environments)),
    planActions(enforcement.actions),
    planToken(enforcement.token),
    planImmutableReleases(enforcement.immutableReleases),
    ...(policy.overrides.length === 0 ? [] : [planLabel(enforcement.labels)]),
    ...wantedRulesets(policy, app).map((wanted) => planRuleset(wanted, enforcement)),
  ];
}

/** Only the environment of the gatekeeper's keys: it is there before they are. */
export const planKeeperEnvironment = ({ environments, repository }: Enforcement): SetupStep => planEnvironment({ name: keeperEnvironment, admits: [{ name: repository.defaultBranch, type: 'branch' }] }, environments);

const held = (what: string): SetupStep => ({ what, state: 'held', lines: [], effects: [] });
const unseen = (what: string, why: string): SetupStep => ({ what, state: 'unseen', lines: [why], effects: [] });

function planEnvironment(wanted: WantedEnvironment, environments: Seen<readonly Environment[]>): SetupStep {
  const what = `environment ${wanted.name}`;
  if (environments.state === 'hidden') return unseen(what, environments.why);
  const current = environments.value.find(({ name }) => name.toLowerCase() === wanted.name.toLowerCase());
  const admit = (pattern: WantedEnvironment['admits'][number]): SetupEffect => ({ kind: 'admit', environment: wanted.name, pattern });
  const admitted = wanted.admits.map((pattern) => `+ admits ${show(pattern)}`);
  if (current === undefined) {
    const effect: SetupEffect = { kind: 'protect-environment', name: wanted.name, keep: { waitMinutes: 0, reviewers: [], preventSelfReview: false } };
    return { what, state: 'make', lines: [...admitted, '+ administrators may not pass'], effects: [effect, ...wanted.admits.map(admit)] };
  }
  return changeEnvironment(wanted, current, what);
}

const show = ({ name, type }: { readonly name: string; readonly type: string }): string => `${type === 'tag' ? 'tags' : 'branch'} ${name}`;

function changeEnvironment({ admits }: WantedEnvironment, current: Environment, what: string): SetupStep {
  const byPattern = current.admits.kind === 'patterns';
  const patterns = current.admits.kind === 'patterns' ? current.admits.patterns : null;
  if (patterns?.state === 'hidden') return unseen(what, patterns.why);
  const there = patterns?.value ?? [];
  const isIn = (list: readonly { readonly name: string; readonly type: string }[], one: { readonly name: string; readonly type: string }): boolean => list.some(({ name, type }) => name === one.name && type === one.type);
  const missing = admits.filter((pattern) => !isIn(there, pattern));
  const others = there.filter((pattern) => !isIn(admits, pattern));
  const opens = current.adminsBypass.state === 'seen' && current.adminsBypass.value;
  const lines = [
    ...(byPattern ? [] : [`- admits ${current.admits.kind === 'anything' ? 'every branch and tag' : 'protected branches'}`]),
    ...others.map((pattern) => `- admits ${show(pattern)}`),
    ...missing.map((pattern) => `+ admits ${show(pattern)}`),
    ...(opens ? ['- administrators may pass'] : []),
  ];
  if (lines.length === 0) return held(what);
  const { name, waitMinutes, reviewers, preventSelfReview } = current;
  const protect: readonly SetupEffect[] = byPattern && !opens ? [] : [{ kind: 'protect-environment', name, keep: { waitMinutes, reviewers, preventSelfReview } }];
  return { what, state: 'change', lines, effects: [...protect, ...missing.map((pattern): SetupEffect => ({ kind: 'admit', environment: name, pattern })), ...others.map((pattern): SetupEffect => ({ kind: 'stop-admitting', environment: name, pattern }))] };
}

function planActions(actions: Enforcement['actions']): SetupStep {
  const what = 'actions have to be pinned to a commit';
  if (actions.state === 'hidden') return unseen(what, actions.why);
  const { pinned, enabled, allowed } = actions.value;
  if (pinned === null) return { what, state: 'not-here', lines: ['this GitHub does not have the setting'], effects: [] };
  return pinned ? held(what) : { what, state: 'change', lines: ['+ “Require actions to be pinned to a full-length commit SHA”'], effects: [{ kind: 'pin-actions', enabled, allowed }] };
}

function planToken(token: Enforcement['token']): SetupStep {
  const what = 'the token of a workflow reads only, and approves nothing';
  if (token.state === 'hidden') return unseen(what, token.why);
  const lines = [...(token.value.writes ? ['- may write unless the workflow says otherwise'] : []), ...(token.value.mayApprove ? ['- may approve pull requests'] : [])];
  return lines.length === 0 ? held(what) : { what, state: 'change', lines, effects: [{ kind: 'restrict-token' }] };
}

function planImmutableReleases(immutable: Enforcement['immutableReleases']): SetupStep {
  const what = 'immutable releases';
  if (immutable.state === 'hidden') return unseen(what, immutable.why);
  return immutable.value ? held(what) : { what, state: 'change', lines: ['+ releases keep the files that they were published with'], effects: [{ kind: 'immutable-releases' }] };
}

function planLabel(labels: Enforcement['labels']): SetupStep {
  const what = `label ${overrideLabel}`;
  if (labels.state === 'hidden') return unseen(what, labels.why);
  return labels.value.includes(overrideLabel) ? held(what) : { what, state: 'make', lines: ['+ for the issue form of overrides'], effects: [{ kind: 'create-label', name: overrideLabel }] };
}

/** A ruleset of that name is made to say what it should. Others are left alone, whatever they say. */
function planRuleset(wanted: WantedRuleset, { rulesets }: Enforcement): SetupStep {
  const what = `ruleset “${wanted.name}”`;
  if (rulesets.state === 'hidden') return unseen(what, rulesets.why);
  const current = rulesets.value.find(({ name, source }: Ruleset) => name === wanted.name && source === 'repository');
  const effectOf = (id: number | null): SetupEffect => (id === null ? { kind: 'create-ruleset', ruleset: wanted } : { kind: 'update-ruleset', id, ruleset: wanted });
  const lines = differencesOf(wanted, current ?? null);
  if (current === undefined) return { what, state: 'make', lines, effects: [effectOf(null)] };
  if (current.bypass.state === 'hidden') return unseen(what, current.bypass.why);
  return lines.length === 0 ? held(what) : { what, state: 'change', lines, effects: [effectOf(current.id)] };
}
