import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { name } from '../acceptance/gatekeeper-repository.ts';
import { workflowsIn } from '../contract/adopters.ts';
import { commandPrograms, localActions, startScene } from './scene.ts';
import type { Scene } from './scene.ts';
import { runWorkflow } from './run-workflow.ts';
import { tokenPermissions } from './token-permissions.ts';
import type { Machine, WorkflowEnd } from './run-workflow.ts';

type Run = {
  readonly workflow: string;
  /** The short caller is placed instead of the whole file. */
  readonly called?: boolean;
  /** The version in place of 0.0.0. */
  readonly release?: string;
  readonly event: string;
  readonly payload?: object;
  readonly ref: string;
  readonly sha: string;
  readonly programs?: string;
  readonly environment?: keyof Scene['secrets'];
  readonly record?: { readonly jobs: readonly string[]; readonly headBranch: string; readonly pulls?: readonly number[] };
};

export type Told = (line: string) => void;

/** Plays what the workflows are for, each file under act, and looks at the simulated GitHub after each. Throws at the first thing that is not as it should be. */
export async function playStory(root: string, act: string, tell: Told): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'sallyport-act-'));
  const scene = await startScene(root, folder);
  try {
    const main = await scene.checkout('origin/main');
    const machine = { act, folder, actions: localActions(root, folder, workflowsIn(main).map((path) => readFileSync(join(main, path), 'utf8'))) };
    await play(scene, machine, tell);
    assert.deepEqual(scene.simulator.contractMismatches(), [], 'every request and answer is as GitHub describes them');
  } finally {
    await scene.simulator.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function play(scene: Scene, machine: Machine, tell: Told): Promise<void> {
  const { ada, ben } = scene;
  const { number, head } = await propose(scene);
  await expectRun(scene, machine, tell, 'the tests of a pull request', { workflow: 'ci.yml', event: 'pull_request', ref: `refs/pull/${number}/merge`, sha: head, payload: pullEvent(number, head), record: { jobs: ['unit', 'integration'], headBranch: 'topic', pulls: [number] } });

  const gate = { workflow: 'merge-gate.yml', event: 'pull_request_target', ref: 'refs/heads/main', sha: await headOf(ada), payload: pullEvent(number, head), environment: 'sallyport' } as const;
  await expectRun(scene, machine, tell, 'the merge gate before a review', gate);
  assert.deepEqual(await mergeCheck(scene, head), { status: 'in_progress', conclusion: null, app: scene.app });
  scene.simulator.clock.advance(2000);
  await ben.send('POST', `/pulls/${number}/reviews`, { event: 'APPROVE', body: '' });
  await expectRun(scene, machine, tell, 'the merge gate after it, called', { ...gate, called: true });
  assert.deepEqual(await mergeCheck(scene, head), { status: 'completed', conclusion: 'success', app: scene.app });
  await ada.send('PUT', `/pulls/${number}/merge`, { merge_method: 'merge' });

  const landed = await headOf(ada);
  await expectRun(scene, machine, tell, 'the build', { workflow: 'build.yml', event: 'push', ref: 'refs/heads/main', sha: landed, payload: { ref: 'refs/heads/main', after: landed }, environment: 'sallyport', record: { jobs: ['build', 'register'], headBranch: 'main' } });
  const [build] = [...(await scene.readLedger()).builds.values()];
  assert.equal(build?.commit, landed);
  assert.equal(build?.version, '1.4.0-rc.7');

  const tick = { workflow: 'gatekeeper.yml', event: 'schedule', ref: 'refs/heads/main', sha: landed, environment: 'sallyport' } as const;
  await expectRun(scene, machine, tell, 'a tick of the gatekeeper', tick);
  const tag = 'promote/staging/1';
  const made = await ada.send('GET', `/git/ref/tags/${tag}`);
  assert.equal((made['object'] as { type?: string }).type, 'tag');

  await deployed(scene, machine, tell, tag, landed);
  assert.equal(readFileSync(join(scene.staging, 'version.txt'), 'utf8'), '1.4.0-rc.7\n');

  await expectRun(scene, machine, tell, 'the next tick, called', { ...tick, called: true });
  const [promotion, ...others] = (await scene.readLedger()).promotions.get('staging') ?? [];
  assert.deepEqual([promotion?.number, promotion?.end?.outcome, others.length], [1, 'succeeded', 0]);

  rmSync(join(scene.staging, 'version.txt'));
  const again = await run(scene, machine, deployOf(tag, landed));
  assert.deepEqual([again.succeeded, again.jobs.get('deploy')], [false, 'failure'], `a deploy that was made before is refused:\n${again.log}`);
  assert.match(again.log, /Nothing is deployed: /);
  assert.ok(!existsSync(join(scene.staging, 'version.txt')), 'nothing was deployed');
  tell('the deploy once more: refused, as it should be');

  const audit = { workflow: 'audit.yml', event: 'schedule', ref: 'refs/heads/main', sha: landed, called: true, programs: commandPrograms(scene.root, machine.folder), release: '1.0.0' } as const;
  const unnamed = await run(scene, machine, { ...audit, release: '0.0.0' });
  assert.deepEqual([unnamed.succeeded, /No release is named yet/.test(unnamed.log)], [false, true], `a release that nobody made is not fetched:\n${unnamed.log}`);
  await expectRun(scene, machine, tell, 'the nightly audit, called', audit);
  const past = await push(scene, landed);
  const found = await run(scene, machine, { ...audit, sha: past });
  assert.deepEqual([found.succeeded, found.jobs.get('sallyport-audit/audit')], [false, 'failure'], `a commit past the gate fails the audit:\n${found.log}`);
  assert.ok(found.log.includes(past.slice(0, 7)), found.log);
  tell('the nightly audit after a push past the gate: failed, as it should');
}

/** A commit on main that no merge decision covers: an admin takes the ruleset away first. */
async function push({ ada }: Scene, parent: string): Promise<string> {
  const rulesets = (await ada.send('GET', '/rulesets')) as unknown as readonly { readonly id: number; readonly name: string }[];
  await ada.send('DELETE', `/rulesets/${rulesets.find(({ name: title }) => title === 'main')?.id ?? 0}`);
  const tree = await ada.send('POST', '/git/trees', { base_tree: parent, tree: [{ path: 'quietly.md', mode: '100644', type: 'blob', content: 'quietly\n' }] });
  const commit = await ada.send('POST', '/git/commits', { message: 'Quietly', tree: tree['sha'], parents: [parent] });
  await ada.send('PATCH', '/git/refs/heads/main', { sha: commit['sha'] });
  return String(commit['sha']);
}

const deployOf = (tag: string, landed: string): Run => ({
  workflow: 'deploy.yml',
  event: 'push',
  ref: `refs/tags/${tag}`,
  sha: landed,
  payload: { ref: `refs/tags/${tag}`, after: landed, created: true },
  environment: 'staging',
  record: { jobs: ['ask', 'deploy'], headBranch: tag },
});

async function deployed(scene: Scene, machine: Machine, tell: Told, tag: string, landed: string): Promise<void> {
  const deployment = await scene.ada.send('POST', '/deployments', { ref: tag, environment: 'staging', auto_merge: false, required_contexts: [] });
  await expectRun(scene, machine, tell, 'the deploy', deployOf(tag, landed));
  const [status] = (await scene.ada.send('GET', `/deployments/${String(deployment['id'])}/statuses`)) as unknown as readonly { readonly state: string; readonly description: string }[];
  assert.equal(status?.state, 'success');
  assert.match(status?.description ?? '', /^1\.4\.0-rc\.7 as promote\/staging\/1, ledger /);
}

async function expectRun(scene: Scene, machine: Machine, tell: Told, what: string, wanted: Run): Promise<void> {
  const startedAt = performance.now();
  const end = await run(scene, machine, wanted);
  assert.ok(end.succeeded && end.jobs.size > 0, `${what} (${wanted.workflow}) did not succeed under act:\n${end.log}`);
  tell(`${what}: ${wanted.workflow} on ${wanted.event}, ${[...end.jobs].map(([job, result]) => `${job} ${result}`).join(', ')}, ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
}

/** Runs it, and where GitHub would hold a record of the run that is looked at later, keeps that record. */
async function run(scene: Scene, machine: Machine, wanted: Run): Promise<WorkflowEnd> {
  const { simulator, repository } = scene;
  const path = `.github/workflows/${wanted.workflow}`;
  const ada = simulator.world.users.get('ada');
  if (ada === undefined) throw new Error('There is no ada.');
  const record = wanted.record === undefined ? null : simulator.admin.addRun(repository, { workflow: path, event: wanted.event, headSha: wanted.sha, headBranch: wanted.record.headBranch, pulls: wanted.record.pulls ?? [], user: ada, jobs: wanted.record.jobs.map((job) => ({ name: job, conclusion: null })) });
  const checkout = await scene.checkout(wanted.sha);
  const source = readFileSync(wanted.called === true ? join(scene.root, 'workflows/callers', wanted.workflow) : join(checkout, path), 'utf8');
  const text = wanted.release === undefined ? source : source.replace('version: 0.0.0', `version: ${wanted.release}`);
  const end = await runWorkflow(machine, {
    checkout,
    workflow: path,
    text,
    event: wanted.event,
    payload: { ...wanted.payload, repository: { full_name: `${name.owner}/${name.name}`, default_branch: 'main' } },
    actor: 'ada',
    ...(wanted.programs === undefined ? {} : { programs: wanted.programs }),
    variables: variables(simulator.url, path, wanted, record?.id ?? 1),
    secrets: { GITHUB_TOKEN: scene.token(tokenPermissions(scene.root, text)), ...(wanted.environment === undefined ? {} : scene.secrets[wanted.environment]) },
  });
  if (record !== null) simulator.admin.endRun(repository, record, end.jobs);
  return end;
}

/** GITHUB_WORKFLOW_REF is the runner's, and act does not set it; SHA_REF is how act is told the commit. */
const variables = (url: string, path: string, { ref, sha }: Run, id: number): Readonly<Record<string, string>> => ({
  GITHUB_API_URL: url,
  GITHUB_SERVER_URL: url,
  GITHUB_GRAPHQL_URL: `${url}/graphql`,
  GITHUB_REPOSITORY: `${name.owner}/${name.name}`,
  GITHUB_REPOSITORY_OWNER: name.owner,
  GITHUB_REF: ref,
  SHA_REF: sha,
  GITHUB_RUN_ID: String(id),
  GITHUB_RUN_NUMBER: '7',
  GITHUB_WORKFLOW_REF: `${name.owner}/${name.name}/${path}@${ref}`,
});

const pullEvent = (number: number, head: string): object => ({ action: 'synchronize', number, pull_request: { number, head: { ref: 'topic', sha: head }, base: { ref: 'main' } } });

async function propose({ ada, simulator }: Scene): Promise<{ readonly number: number; readonly head: string }> {
  const main = await headOf(ada);
  const tree = await ada.send('POST', '/git/trees', { base_tree: main, tree: [{ path: 'news.md', mode: '100644', type: 'blob', content: '# News\n' }] });
  const commit = await ada.send('POST', '/git/commits', { message: 'Tell the news', tree: tree['sha'], parents: [main] });
  await ada.send('POST', '/git/refs', { ref: 'refs/heads/topic', sha: commit['sha'] });
  const pull = await ada.send('POST', '/pulls', { title: 'Tell the news', head: 'topic', base: 'main', body: '' });
  simulator.clock.advance(2000);
  return { number: Number(pull['number']), head: String(commit['sha']) };
}

const headOf = async (person: Scene['ada']): Promise<string> => String(((await person.send('GET', '/git/ref/heads/main'))['object'] as { sha: string }).sha);

async function mergeCheck({ ada }: Scene, head: string): Promise<{ readonly status: string; readonly conclusion: string | null; readonly app: number | null }> {
  const answer = await ada.send('GET', `/commits/${head}/check-runs?check_name=${encodeURIComponent('sallyport/merge')}`);
  const runs = answer['check_runs'] as readonly { readonly status: string; readonly conclusion: string | null; readonly app: { readonly id: number } | null }[];
  assert.equal(runs.length, 1, 'one check sallyport/merge');
  const [check] = runs;
  return { status: check?.status ?? '', conclusion: check?.conclusion ?? null, app: check?.app?.id ?? null };
}
