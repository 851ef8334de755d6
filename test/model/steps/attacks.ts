import { ciWorkflow } from '../shop.ts';
import { headOf } from '../truth.ts';
import type { PullTruth } from '../truth.ts';
import { saw } from '../world.ts';
import type { World } from '../world.ts';
import { landed, openPulls } from './changes.ts';
import { choose, clockText, pick, short } from './step.ts';
import type { Step } from './step.ts';

/** Whether the record has a standing yes for a head: the last decision on it allows. */
export type StandingYes = (number: number, head: string) => boolean;

/** A promotion tag by hand: made, moved or deleted. The rulesets say no to all of it. */
export const tagByHand: Step = async (world, { n, m }) => {
  const { shop, truth } = world;
  const environment = choose(['staging', 'production'], n);
  const number = 1 + (m % 5);
  const sha = truth.main.at(-1)?.sha;
  const path = `tags/promote/${environment}/${number}`;
  const [verb, answer] =
    n % 3 === 0
      ? ['make', await shop.send('mallory', 'POST', '/git/refs', { ref: `refs/${path}`, sha })] as const
      : n % 3 === 1
        ? ['move', await shop.send('mallory', 'PATCH', `/git/refs/${path}`, { sha, force: true })] as const
        : ['delete', await shop.send('mallory', 'DELETE', `/git/refs/${path}`)] as const;
  if (answer.ok) throw new Error(`GitHub let mallory ${verb} ${path}: the rulesets are not as they should be.`);
  return `mallory tries to ${verb} promote/${environment}/${number} and may not (${answer.status})`;
};

/** A branch named like a promotion tag, which anybody may push. */
export const branchLikeTag: Step = async (world, { n, m }) => {
  const { shop, truth } = world;
  const name = `promote/${choose(['staging', 'production'], n)}/${1 + (m % 5)}`;
  const { ok } = await shop.send('mallory', 'POST', '/git/refs', { ref: `refs/heads/${name}`, sha: truth.main.at(-1)?.sha });
  return `mallory pushes a branch ${name}${ok ? '' : ', which is there'}`;
};

export const ledgerByHand: Step = async (world, { n }) => {
  const { shop, truth } = world;
  const answer = n % 2 === 0 ? await shop.send('mallory', 'PATCH', '/git/refs/heads/sallyport-ledger', { sha: truth.main[0]?.sha, force: true }) : await shop.send('mallory', 'DELETE', '/git/refs/heads/sallyport-ledger');
  if (answer.ok) throw new Error('GitHub let mallory write the ledger: the rulesets are not as they should be.');
  return `mallory tries to ${n % 2 === 0 ? 'rewrite' : 'delete'} the ledger and may not (${answer.status})`;
};

export const statusByHand: Step = async (world, { n, m }) => {
  const pull = pick(openPulls(world), n);
  if (pull === undefined) return null;
  const context = choose(['sallyport/merge', 'unit'], m);
  await world.shop.send('mallory', 'POST', `/statuses/${headOf(pull)}`, { state: 'success', context });
  return `mallory posts the status ${context} on #${pull.number}`;
};

/** What a workflow in the pull request can do with the built-in token, or a dispatch of the test on a branch of its own. */
export const checkByHand: Step = (world, { n, m }) => {
  const pull = pick(openPulls(world), n);
  if (pull === undefined) return null;
  const { shop } = world;
  const headSha = headOf(pull);
  if (m % 3 === 2) {
    shop.simulator.admin.addRun(shop.repository, { event: 'workflow_dispatch', workflow: ciWorkflow, headSha, headBranch: pull.branch, user: shop.people.mallory, jobs: [{ name: 'unit', conclusion: 'success' }] });
    return `mallory dispatches the test of #${pull.number} by hand`;
  }
  const check = choose(['sallyport/merge', 'unit'], m);
  shop.simulator.admin.addChecks(shop.repository, [{ name: check, headSha, conclusion: 'success' }]);
  return `a workflow of mallory's posts the check ${check} on #${pull.number}`;
};

export const deploymentByHand: Step = async (world, { n }) => {
  const { shop, truth } = world;
  const environment = choose(['production', 'staging'], n);
  const { ok, body } = await shop.send('mallory', 'POST', '/deployments', { ref: truth.main.at(-1)?.sha, environment, auto_merge: false, required_contexts: [] });
  if (!ok) return null;
  await shop.send('mallory', 'POST', `/deployments/${String(body['id'])}/statuses`, { state: 'success' });
  return `mallory posts a deployment to ${environment} and says it succeeded`;
};

/** A commit put on main past every ruleset, as an administrator can. */
export const directPush: Step = (world) => {
  const { git, truth } = world;
  world.counter += 1;
  const before = git(['rev-parse', 'refs/heads/main']);
  const commit = git(['commit-tree', git(['rev-parse', `${before}^{tree}`]), '-p', before, '-m', `By hand ${world.counter}`]);
  git(['update-ref', 'refs/heads/main', commit, before]);
  truth.main.push({ sha: commit, pull: null, proper: false });
  world.unswept = true;
  saw(world, 'direct push');
  return `root pushes ${short(commit)} to main by hand`;
};

/** A pull request merged past every ruleset: whatever the gate said or did not say of it. */
export const adminMerge = (yes: StandingYes): Step => (world, { n }) => {
  const pull = pick(openPulls(world), n);
  return pull === undefined ? null : mergePastRules(world, pull, yes(pull.number, headOf(pull)));
};

function mergePastRules(world: World, pull: PullTruth, yes: boolean): string | null {
  const { git, shop, truth } = world;
  const before = truth.main.at(-1)?.sha ?? '';
  const head = headOf(pull);
  if (pull.holds !== before) return null;
  const commit = git(['commit-tree', git(['rev-parse', `${head}^{tree}`]), '-p', before, '-p', head, '-m', `Merge #${pull.number} by hand`]);
  git(['update-ref', 'refs/heads/main', commit, before]);
  shop.simulator.clock.advance(60_000);
  const there = shop.repository.pulls.get(pull.number);
  if (there === undefined) return null;
  Object.assign(there, { state: 'closed', merged: { at: shop.now(), by: shop.people.root, sha: commit, method: 'merge' } });
  landed(world, pull, commit, yes);
  world.unswept = true;
  saw(world, yes ? 'admin merge with a yes' : 'admin merge past the gate');
  return `root merges #${pull.number} past the rules at ${clockText(shop.now())} as ${short(commit)}`;
}
