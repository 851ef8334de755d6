import { atHead, readPolicy, runMergeGate } from '@sallyport/pipeline';
import { policyPath } from '../policies.ts';
import type { PolicyName } from '../policies.ts';
import { ciWorkflow, must } from '../shop.ts';
import type { Name } from '../shop.ts';
import { headOf } from '../truth.ts';
import type { PullTruth } from '../truth.ts';
import { run, saw } from '../world.ts';
import type { Hands, RunOptions, World } from '../world.ts';
import { choose, pick, short } from './step.ts';
import type { Step } from './step.ts';

export const openPulls = ({ truth }: World): readonly PullTruth[] => [...truth.pulls.values()].filter(({ merged }) => !merged);

/** A commit on a branch, pushed by somebody under the rulesets. */
async function pushCommit({ shop, counter }: World, by: Name, branch: string, from: string): Promise<string> {
  return shop.simulator.admin.growBranch(shop.repository, { branch, author: shop.people[by], commits: 1, from, path: () => `src/${branch}-${counter}.txt` });
}

export async function openPull(world: World, by: Name, policy: PolicyName | null = null): Promise<PullTruth> {
  const { shop, truth } = world;
  world.counter += 1;
  const branch = `change-${world.counter}`;
  const sha = policy === null ? await pushCommit(world, by, branch, 'main') : await pushPolicy(world, by, branch, policy);
  const { body } = await must(shop.send(by, 'POST', '/pulls', { title: branch, head: branch, base: 'main', body: '' }));
  const pull: PullTruth = { number: Number(body['number']), branch, author: by, policy, pushes: [{ sha, by, at: shop.now(), updates: null }], reviews: [], tested: new Map(), merged: false, holds: truth.main.at(-1)?.sha ?? '' };
  truth.pulls.set(pull.number, pull);
  return pull;
}

async function pushPolicy({ shop }: World, by: Name, branch: string, policy: PolicyName): Promise<string> {
  const main = (await must(shop.send(by, 'GET', '/git/ref/heads/main'))).body['object'] as { readonly sha: string };
  const tree = await must(shop.send(by, 'POST', '/git/trees', { base_tree: main.sha, tree: [{ path: policyPath, mode: '100644', type: 'blob', content: shop.policy(policy) }] }));
  const commit = await must(shop.send(by, 'POST', '/git/commits', { message: `Policy: ${policy}`, tree: tree.body['sha'], parents: [main.sha] }));
  await must(shop.send(by, 'POST', '/git/refs', { ref: `refs/heads/${branch}`, sha: commit.body['sha'] }));
  return String(commit.body['sha']);
}

export const propose: Step = async (world, { n }) => {
  if (openPulls(world).length > 2) return null;
  const by = choose(['ann', 'mallory', 'lea'], n);
  const pull = await openPull(world, by);
  return `${by} opens #${pull.number} from ${pull.branch}`;
};

export const proposePolicy: Step = async (world, { n }) => {
  if (openPulls(world).length > 2) return null;
  const wanted: PolicyName = world.truth.policy === 'plain' ? 'wide' : 'plain';
  const by = choose(['mallory', 'ann'], n);
  const pull = await openPull(world, by, wanted);
  return `${by} opens #${pull.number}, which makes the policy ${wanted}`;
};

export const push: Step = async (world, { n, m }) => {
  const pull = pick(openPulls(world), n);
  if (pull === undefined) return null;
  const by = choose(['mallory', 'ann', 'ben', 'cho'], m);
  world.counter += 1;
  world.shop.simulator.clock.advance(1000);
  const sha = await pushCommit(world, by, pull.branch, pull.branch);
  pull.pushes.push({ sha, by, at: world.shop.now(), updates: null });
  world.unjudged = pull.number;
  return `${by} pushes ${short(sha)} to #${pull.number}`;
};

export async function reviewPull({ shop }: World, pull: PullTruth, by: Name, state: 'APPROVED' | 'CHANGES_REQUESTED'): Promise<string | null> {
  // GitHub tells whole seconds: an approval in the second of the push does not count.
  shop.simulator.clock.advance(60_000);
  const { ok } = await shop.send(by, 'POST', `/pulls/${pull.number}/reviews`, { event: state === 'APPROVED' ? 'APPROVE' : 'REQUEST_CHANGES', body: 'as said' });
  if (!ok) return `${by} may not review #${pull.number}`;
  pull.reviews.push({ by, state, head: headOf(pull), at: shop.now() });
  return `${by} ${state === 'APPROVED' ? 'approves' : 'asks for changes in'} #${pull.number} at ${short(headOf(pull))}`;
}

/** Whoever pushed last would like to have the last word too. */
export const review: Step = async (world, { n, m }) => {
  const pull = pick(openPulls(world), n);
  if (pull === undefined) return null;
  const lastPusher = pull.pushes.at(-1)?.by ?? pull.author;
  world.unjudged = pull.number;
  return reviewPull(world, pull, choose([lastPusher, 'ben', 'cho', 'ann', lastPusher, 'mallory', 'lea'], m), m % 3 === 2 ? 'CHANGES_REQUESTED' : 'APPROVED');
};

export function testPull({ shop }: World, pull: PullTruth, conclusion: 'success' | 'failure'): string {
  const sha = headOf(pull);
  const user = shop.people[pull.author];
  const { admin } = shop.simulator;
  const past = shop.repository.runs.find((one) => one.workflow === ciWorkflow && one.headSha === sha);
  if (past === undefined) admin.addRun(shop.repository, { event: 'pull_request', workflow: ciWorkflow, headSha: sha, headBranch: pull.branch, user, jobs: [{ name: 'unit', conclusion }], pulls: [pull.number] });
  else admin.addAttempt(shop.repository, past, { user, jobs: [{ name: 'unit', conclusion }] });
  pull.tested.set(sha, conclusion);
  return `the test of #${pull.number} at ${short(sha)} ends in ${conclusion}`;
}

export const test: Step = (world, { n, m }) => {
  const pull = pick(openPulls(world), n);
  if (pull === undefined) return null;
  world.unjudged = pull.number;
  return testPull(world, pull, m % 3 === 0 ? 'failure' : 'success');
};

const judging = (number: number) => async ({ outside, openLedger }: Hands): Promise<string> => {
  const judged = await runMergeGate(outside, readPolicy(outside.policy), atHead(number), { openLedger, render: ({ subject }) => ({ title: subject, summary: subject }) });
  return judged.state === 'decided' ? judged.decision.outcome : judged.state;
};

export async function judgePull(world: World, pull: PullTruth, options: RunOptions = {}): Promise<string> {
  const { how, said } = await run(world, judging(pull.number), options);
  return `the merge gate looks at #${pull.number} and ${how === 'ended' ? `says ${said}` : `${how} ${said}`}`;
}

/** A pull request's branch takes in main, by GitHub itself. */
export async function updatePull({ shop, truth }: World, pull: PullTruth, by: Name): Promise<string | null> {
  const before = headOf(pull);
  shop.simulator.clock.advance(1000);
  const { ok } = await shop.send(by, 'PUT', `/pulls/${pull.number}/update-branch`, {});
  const head = shop.repository.pulls.get(pull.number)?.head.sha ?? before;
  if (!ok || head === before) return null;
  pull.pushes.push({ sha: head, by, at: shop.now(), updates: before });
  pull.holds = truth.main.at(-1)?.sha ?? '';
  return `${by} updates #${pull.number} from main`;
}

/** Merges as anybody may who has the button. `yes`: what the record says of the head when it is pressed. */
export async function mergePull(world: World, pull: PullTruth, by: Name, yes: boolean, method = 'merge'): Promise<string | null> {
  const { shop, truth } = world;
  shop.simulator.clock.advance(1000);
  const { ok, body } = await shop.send(by, 'PUT', `/pulls/${pull.number}/merge`, { merge_method: method });
  if (!ok) return `${by} may not merge #${pull.number}: ${String(body['message']).split('\n').filter((line) => line !== '').at(-1) ?? ''}`;
  landed(world, pull, String(body['sha']), yes);
  saw(world, truth.main.at(-1)?.proper === true ? 'merged' : 'merged without a standing yes');
  return `${by} merges #${pull.number} as ${short(String(body['sha']))}`;
}

export function landed({ truth }: World, pull: PullTruth, sha: string, yes: boolean): void {
  pull.merged = true;
  if (pull.policy !== null) truth.policy = pull.policy;
  truth.main.push({ sha, pull: pull.number, proper: yes });
}
