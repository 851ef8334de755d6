import { auditBranch } from '@sallyport/pipeline';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startScene } from './gatekeeper-scene.ts';
import type { Scene } from './gatekeeper-scene.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await startScene('staging');
});
afterEach(() => scene.stop());

/** What an audit since `from` finds: reason and pull request of each commit. */
async function audit(from = `${scene.landed}^`): Promise<readonly string[]> {
  const { state } = await scene.readRecord();
  const since = scene.git(['rev-parse', from]);
  const { findings, missing } = await auditBranch(scene.connect().history, { branch: 'main', into: ['main'], since: { ref: since }, state });
  expect(missing).toEqual([]);
  return findings.map(({ reason, pullRequest }) => (pullRequest === null ? reason : `${reason} #${pullRequest}`));
}

/** Registers a build of the tip of main, as a build workflow would, and sweeps. Gives why it was not staged; throws when it was. */
async function refusalToStage(version: string): Promise<string> {
  await scene.register(version, scene.git(['rev-parse', 'refs/heads/main']));
  await scene.settle();
  expect(scene.tags('staging').map(({ message }) => message).filter((message) => message.includes(version))).toEqual([]);
  const { state } = await scene.readRecord();
  const made = state.decisions.findLast(({ gate, subject }) => gate === 'stage' && subject.includes(version));
  const rules = (made?.decision['rules'] ?? []) as readonly { readonly rule: string; readonly outcome: string; readonly reason: string }[];
  return rules.filter(({ outcome }) => outcome !== 'allow').map(({ rule, outcome, reason }) => `${rule}: ${outcome} ${reason}`).join(', ');
}

/** A commit of the tree `tree` on main and `others`, put on main past every ruleset: what an administrator can do. */
function pushToMain(tree: string, others: readonly string[] = []): string {
  const { git } = scene;
  const before = git(['rev-parse', 'refs/heads/main']);
  const commit = git(['commit-tree', git(['rev-parse', `${tree}^{tree}`]), '-p', before, ...others.flatMap((parent) => ['-p', parent]), '-m', 'By hand']);
  git(['update-ref', 'refs/heads/main', commit, before]);
  return commit;
}

/** GitHub takes a pull request for merged when its head is on the base branch. */
function mergedAs(number: number, sha: string): void {
  const pull = scene.repository.pulls.get(number);
  if (pull === undefined) throw new Error(`There is no #${number}.`);
  scene.simulator.clock.advance(60_000);
  Object.assign(pull, { state: 'closed', merged: { at: scene.simulator.clock.now(), by: pull.author, sha, method: 'merge' } });
}

it('finds nothing on a branch where everything went through the gate, and its build is staged', async () => {
  expect(await audit()).toEqual([]);
  await scene.register('1.0.0-rc.1');
  await scene.settle();
  expect(scene.tags('staging')).toHaveLength(1);
});

it('finds what an administrator pushed, and it is not promoted (T17)', async () => {
  pushToMain('refs/heads/main');
  expect(await audit()).toEqual(['no-pull-request']);
  expect(await refusalToStage('1.0.0-rc.2')).toContain('landing: deny no-pull-request');
});

it('finds a merge past the gate with the commit it brought, and it is not promoted (T17)', async () => {
  const number = await scene.propose('bypass', { judged: false });
  mergedAs(number, pushToMain('refs/heads/bypass', ['refs/heads/bypass'].map((ref) => scene.git(['rev-parse', ref]))));
  expect(await audit()).toEqual([`no-merge-decision #${number}`, 'ungated-commit']);
  expect(await refusalToStage('1.0.0-rc.2')).toContain('landing: deny no-merge-decision');
});

it('finds a merge with other content than was judged, and it is not promoted (T18)', async () => {
  const number = await scene.propose('evil', { judged: true });
  mergedAs(number, pushToMain('refs/heads/main', [scene.git(['rev-parse', 'refs/heads/evil'])]));
  expect(await audit()).toEqual([`landed-tree-differs #${number}`]);
  expect(await refusalToStage('1.0.0-rc.2')).toContain('landing: deny landed-tree-differs');
});

it('does not promote a proper change on top of one that went past the gate (L1)', async () => {
  // Something runs there, so that the next build brings only what is new.
  await scene.register('1.0.0-rc.1');
  await scene.settle();
  pushToMain('refs/heads/main');
  const number = await scene.propose('proper', { judged: true });
  await scene.ada.send('PUT', `/pulls/${number}/merge`, { merge_method: 'squash' });
  await scene.simulator.idle();
  expect(await audit()).toEqual(['no-pull-request']);
  expect(await refusalToStage('1.0.0-rc.2')).toContain('landing: deny ungated-commit');
});
