import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { testContext } from '@sallyport/ledger/testing';
import { parsePolicy } from '@sallyport/policy';
import type { Policy } from '@sallyport/policy';
import type { Enforcement, Environment, Ruleset, Seen } from './enforcement.ts';
import { seen } from './enforcement.ts';
import { keeperEnvironment, keeperSecrets, overrideLabel, wantedEnvironments, wantedPermissions, wantedRulesets } from './wanted-enforcement.ts';

export const app = 7001;
const sources = join(import.meta.dirname, '../../../../workflows');

export const valueOf = <T>(one: Seen<T>): T => {
  if (one.state === 'hidden') throw new Error('The fixture hides nothing.');
  return one.value;
};

function readPolicy(): Policy {
  const text = readFileSync(join(sources, 'sallyport.yml'), 'utf8').replace('keys: []', `keys: [${JSON.stringify(testContext().keys[0])}]`);
  const parsed = parsePolicy(text, { file: 'sallyport.yml' });
  if (!parsed.ok) throw new Error('The policy of the sources is not valid.');
  return parsed.policy;
}

/** The policy that comes with the workflows. */
export const policy = readPolicy();

/** A repository in which everything is as it should be: with those workflows, and set up. */
export function healthy(): Enforcement {
  return {
    repository: { owner: 'acme', name: 'shop', ownedBy: 'organization', visibility: 'private', defaultBranch: 'main' },
    app: { id: app, slug: 'sallyport-gatekeeper', permissions: seen(wantedPermissions(policy)) },
    rulesets: seen(wantedRulesets(policy, app).map(({ bypass, ...ruleset }, index): Ruleset => ({ ...ruleset, id: index + 1, source: 'repository', enforcement: 'active', exclude: [], bypass: seen(bypass) }))),
    environments: seen(wantedEnvironments(policy, 'main').map(environmentOf)),
    repositorySecrets: seen(['CODECOV_TOKEN']),
    organizationSecrets: seen([]),
    actions: seen({ enabled: true, allowed: 'all', pinned: true }),
    token: seen({ writes: false, mayApprove: false }),
    immutableReleases: seen(true),
    labels: seen([overrideLabel]),
    workflows: seen([...workflowNames(), 'callers/audit.yml'].map((name) => ({ path: `.github/workflows/${basename(name)}`, text: readFileSync(join(sources, name), 'utf8'), state: 'active' }))),
    bypasses: seen([{ id: 1, ref: 'refs/tags/promote/staging/1', actor: 'sallyport-gatekeeper[bot]', at: Date.parse('2026-11-28T14:00:00Z') }]),
  };
}

const adopted = new Set(['merge-gate.yml', 'review-seen.yml', 'gatekeeper.yml', 'build.yml', 'deploy.yml', 'ci.yml']);
const workflowNames = (): readonly string[] => readdirSync(sources).filter((name) => adopted.has(name));

const environmentOf = ({ name, admits }: { readonly name: string; readonly admits: readonly { readonly name: string; readonly type: 'branch' | 'tag' }[] }): Environment => ({
  name,
  admits: { kind: 'patterns', patterns: seen(admits.map((pattern, index) => ({ id: index + 1, ...pattern }))) },
  adminsBypass: seen(false),
  secrets: seen(name === keeperEnvironment ? keeperSecrets : ['DEPLOY_TOKEN', 'DEPLOY_URL']),
  gates: seen([]),
  waitMinutes: 0,
  reviewers: [],
  preventSelfReview: false,
});
