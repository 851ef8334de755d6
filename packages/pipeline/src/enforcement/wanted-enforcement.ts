import type { Policy } from '@sallyport/policy';
import type { AdmittedPattern, BypassActor, Rule } from './enforcement.ts';

/** The branch that holds the record: the same in every repository, so that its rulesets and every reader agree. */
export const ledgerBranch = 'sallyport-ledger';
/** The environment that holds the gatekeeper's keys. */
export const keeperEnvironment = 'sallyport';
export const keeperSecrets = ['SALLYPORT_APP_ID', 'SALLYPORT_APP_KEY', 'SALLYPORT_LEDGER_KEY'] as const;
export const mergeCheckName = 'sallyport/merge';
/** Without it, the issue form for an override opens issues that nobody looks at. */
export const overrideLabel = 'sallyport-override';

/** Tags that say what was promoted, built and released. */
const recordTags = ['refs/tags/promote/**', 'refs/tags/build/**', 'refs/tags/v*'];

export type WantedRuleset = {
  readonly name: string;
  readonly target: 'branch' | 'tag';
  readonly include: readonly string[];
  readonly rules: readonly Rule[];
  readonly bypass: readonly BypassActor[];
};

export type WantedEnvironment = { readonly name: string; readonly admits: readonly Omit<AdmittedPattern, 'id'>[] };

const rule = (type: string, parameters: Rule['parameters'] = {}): Rule => ({ type, parameters });

/** The rulesets that make the lock, for the App of that number. */
export function wantedRulesets(policy: Policy, app: number): readonly WantedRuleset[] {
  const keeper: readonly BypassActor[] = [{ kind: 'Integration', id: app, mode: 'always' }];
  const ledger = [`refs/heads/${ledgerBranch}`];
  return [
    { name: 'sallyport: only the gatekeeper makes tags of promotions, builds and releases', target: 'tag', include: recordTags, bypass: keeper, rules: [rule('creation')] },
    { name: 'sallyport: nobody moves or deletes those tags', target: 'tag', include: recordTags, bypass: [], rules: [rule('update'), rule('deletion')] },
    { name: 'sallyport: only the gatekeeper writes the ledger', target: 'branch', include: ledger, bypass: keeper, rules: [rule('creation'), rule('update')] },
    { name: 'sallyport: nobody rewrites the ledger', target: 'branch', include: ledger, bypass: [], rules: [rule('deletion'), rule('non_fast_forward')] },
    { name: 'sallyport: the merge gate admits', target: 'branch', include: policy.merge.into.map((branch) => `refs/heads/${branch}`), bypass: [], rules: mergeRules(app) },
  ];
}

/** The App's number makes the check one that no workflow can forge (GITHUB: rulesets, `integration_id`). */
const mergeRules = (app: number): readonly Rule[] => [
  rule('deletion'),
  rule('non_fast_forward'),
  rule('pull_request', { required_approving_review_count: 0, dismiss_stale_reviews_on_push: false, require_code_owner_review: false, require_last_push_approval: false, required_review_thread_resolution: false }),
  rule('required_status_checks', { strict_required_status_checks_policy: true, do_not_enforce_on_create: false, required_status_checks: [{ context: mergeCheckName, integration_id: app }] }),
];

/** The gatekeeper's keys are for the default branch; each environment is for its own promotions. */
export const wantedEnvironments = (policy: Policy, defaultBranch: string): readonly WantedEnvironment[] => [
  { name: keeperEnvironment, admits: [{ name: defaultBranch, type: 'branch' }] },
  ...policy.environments.map(({ name }): WantedEnvironment => ({ name, admits: [{ name: `promote/${name}/*`, type: 'tag' }] })),
];

/** What the App needs, by the names of GitHub's interface, and nothing more (X07). */
export function wantedPermissions(policy: Policy): Readonly<Record<string, 'read' | 'write'>> {
  const readsStatuses = policy.merge.tests.some(({ from }) => from === 'status');
  return { actions: 'read', checks: 'write', contents: 'write', deployments: 'read', issues: 'write', members: 'read', metadata: 'read', pull_requests: 'read', ...(readsStatuses ? { statuses: 'read' as const } : {}) };
}
