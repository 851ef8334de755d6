import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { WorkflowRun } from '@sallyport/simulator';
import { made } from './answers/commit.ts';
import { createProbes, readProbe } from './probes.ts';
import { createRef } from './promotions.ts';
import { startScene } from './scene.fixture.ts';
import type { Scene } from './scene.fixture.ts';

const workflow = '.github/workflows/probe.yml';
const second = 1000;

let scene: Scene;
let since: number;
beforeAll(async () => {
  scene = await startScene();
  // GitHub tells whole seconds.
  since = Math.ceil(scene.simulator.clock.now() / second) * second;
  scene.repository.workflows.set(workflow, { id: 41, name: 'probe', path: workflow });
});
afterAll(() => scene.stop());
afterEach(() => {
  scene.repository.runs.length = 0;
});

/** A scheduled run on main that began at `since`, took a minute and succeeded. */
const runOf = (id: number, changes: Partial<WorkflowRun> = {}): WorkflowRun => ({ id, number: id, workflow, name: 'probe', event: 'schedule', headSha: scene.commit, headBranch: 'main', ref: 'refs/heads/main', suite: 3, attempt: 1, status: 'completed', conclusion: 'success', actor: scene.people.ada, triggeringActor: scene.people.ada, createdAt: since, updatedAt: since + 60 * second, startedAt: since, payload: {}, jobs: [], carriedJobs: [], pastAttempts: [], pulls: [], headRepository: 'acme/shop', referencedWorkflows: [], ...changes });
const add = (...runs: readonly WorkflowRun[]) => scene.repository.runs.push(...runs);
const list = (from = since) => createProbes(scene.app).list(workflow, from);
const found = async (): Promise<unknown> => {
  const { items, complete } = await list();
  return complete ? items.map(({ run, healthy }) => [run, healthy]) : 'cut short';
};

describe('the runs of a probing workflow', () => {
  it.each<[string, Partial<WorkflowRun>, unknown]>([
    ['by its schedule', {}, [[7, true]]],
    ['by hand', { event: 'workflow_dispatch' }, [[7, true]]],
    ['after another workflow', { event: 'workflow_run' }, [[7, true]]],
    ['that fail', { conclusion: 'failure' }, [[7, false]]],
    ['that take too long', { conclusion: 'timed_out' }, [[7, false]]],
    ['that are cancelled', { conclusion: 'cancelled' }, []],
    ['that are skipped', { conclusion: 'skipped' }, []],
    ['that have not ended', { status: 'in_progress', conclusion: null }, []],
    ['of a push', { event: 'push' }, []],
    ['of a pull request', { event: 'pull_request', headBranch: 'main' }, []],
    ['on another branch', { event: 'workflow_dispatch', headBranch: 'feature' }, []],
    ['of another workflow', { workflow: '.github/workflows/ci.yml' }, []],
    ['from another repository', { headRepository: 'mallory/shop' }, []],
    ['from before', { createdAt: Date.parse('2026-01-01T00:00:00Z') }, []],
  ])('%s', async (_name, changes, expected) => {
    scene.repository.workflows.set('.github/workflows/ci.yml', { id: 42, name: 'ci', path: '.github/workflows/ci.yml' });
    const fork = scene.simulator.world.repositories.get('mallory/shop');
    if (changes.headRepository === 'mallory/shop' && fork === undefined) {
      await scene.simulator.admin.createRepository({ owner: scene.simulator.admin.createUser('mallory').login, name: 'shop', author: scene.people.ada, files: { 'README.md': '# Not ours\n' } });
    }
    add(runOf(7, changes));
    expect(await found()).toEqual(expected);
  });

  it('say when they began and ended', async () => {
    add(runOf(7));
    expect((await list()).items).toEqual([{ run: 7, attempt: 1, startedAt: since, endedAt: since + 60 * second, healthy: true, url: expect.stringContaining('/actions/runs/7') as string }]);
  });

  it('that are started by hand for a tag of the branch’s name do not count: a tag can be anywhere', async () => {
    const { ada, repository } = scene;
    const own = { owner: ada.owner, repo: ada.repo };
    const { data: tree } = await ada.client.ask({ route: 'POST /repos/{owner}/{repo}/git/trees', parameters: { ...own, tree: [{ path: workflow, mode: '100644', type: 'blob', content: 'on: workflow_dispatch\n' }] }, shape: made, why: 'to test' });
    const { data: forged } = await ada.client.ask({ route: 'POST /repos/{owner}/{repo}/git/commits', parameters: { ...own, message: 'Always healthy', tree: tree.sha, parents: [] }, shape: made, why: 'to test' });
    await createRef(ada, { ref: 'refs/tags/main', sha: forged.sha }, 'to test');
    add(runOf(7, { event: 'workflow_dispatch', headSha: forged.sha, ref: 'refs/tags/main' }), runOf(8));
    // Without a common commit GitHub does not compare, and then nobody knows.
    expect(await found()).toEqual('cut short');
    repository.runs.length = 0;

    const { data: beside } = await ada.client.ask({ route: 'POST /repos/{owner}/{repo}/git/commits', parameters: { ...own, message: 'Always healthy', tree: tree.sha, parents: [scene.commit] }, shape: made, why: 'to test' });
    await createRef(ada, { ref: 'refs/tags/main-2', sha: beside.sha }, 'to test');
    add(runOf(7, { event: 'workflow_dispatch', headSha: beside.sha, ref: 'refs/tags/main' }), runOf(8));
    expect(await found()).toEqual([[8, true]]);
  });

  it('count with every attempt, each for its own time: running one again unsays nothing (P08)', async () => {
    const later = since + 600 * second;
    const first = { attempt: 1, status: 'completed', conclusion: 'failure', triggeringActor: scene.people.ada, startedAt: since, updatedAt: since + 60 * second, carriedJobs: [] } as const;
    add(runOf(7, { attempt: 2, startedAt: later, updatedAt: later + 60 * second, pastAttempts: [{ ...first, carriedJobs: [] }] }));
    const { items, complete } = await list();
    expect(complete).toBe(true);
    expect(items.map(({ attempt, startedAt, endedAt, healthy }) => [attempt, startedAt, endedAt, healthy]).toSorted()).toEqual([[1, since, since + 60 * second, false], [2, later, later + 60 * second, true]]);
  });

  it('whose earlier attempts are gone are not known', async () => {
    add(runOf(7, { attempt: 2 }));
    expect(await list()).toMatchObject({ complete: false, missing: 'earlier attempts of run 7 are gone' });
  });

  it('that were made again too often are not known', async () => {
    add(runOf(7, { attempt: 52 }));
    expect(await list()).toMatchObject({ complete: false });
  });

  it('are not all known where GitHub gives no more than a thousand', async () => {
    add(...Array.from({ length: 1000 }, (_, index) => runOf(index + 1)));
    expect(await list()).toMatchObject({ complete: false, missing: expect.stringContaining('more runs of .github/workflows/probe.yml') as string });
  });

  it('of a workflow that is not there are not known, and not none', async () => {
    expect(await createProbes(scene.app).list('.github/workflows/other.yml', since)).toMatchObject({ items: [], complete: false, missing: expect.stringContaining('other.yml cannot be read') as string });
  });
});

describe('the failed jobs of a run', () => {
  it('of a run that is gone are not known', async () => {
    expect(await createProbes(scene.app).failedJobs(99, 1)).toHaveProperty('unknown');
  });
});

it.each([
  ['an end that is no end', { status: 'in_progress', conclusion: 'success' }],
  ['a word nobody knows', { status: 'completed', conclusion: 'splendid' }],
  ['no word', { status: 'completed', conclusion: null }],
])('%s says nothing', (_name, said) => {
  expect(readProbe({ id: 7, path: workflow, event: 'schedule', head_sha: 'a'.repeat(40), head_branch: 'main', run_attempt: 1, check_suite_id: 3, created_at: 1, updated_at: 2, html_url: '', ...said })).toEqual([]);
});
