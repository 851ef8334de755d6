import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSettableClock } from '../settable-clock.ts';
import { startSimulator, type Simulator } from '../start-simulator.ts';
import type { Job, Repository, User, WorkflowRun } from '../world/world.ts';

const wednesday = Date.parse('2026-11-25T18:00:00Z');
let dataDir: string;
let simulator: Simulator;
let author: User;
let token: string;
let machineOffset = 0;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'sallyport-engine-'));
  const probe = join(dataDir, 'probe');
  await mkdir(probe);
  await writeFile(join(probe, 'action.yml'), probeDefinition);
  await writeFile(join(probe, 'main.mjs'), probeMain);
  await writeFile(join(probe, 'post.mjs'), probePost);
  simulator = await startSimulator({ clock: createSettableClock({ at: wednesday }), dataDir, actions: new Map([['acme/probe', probe]]), contract: true, machineClockOffsetMilliseconds: () => machineOffset });
  machineOffset = 0;
  author = simulator.admin.createUser('ada');
  simulator.admin.createOrganization('acme');
  token = simulator.admin.createToken(author);
});

afterEach(async () => {
  await simulator.stop();
  await rm(dataDir, { recursive: true, force: true });
});

const probeDefinition = `name: probe
inputs:
  greeting: { description: x, default: hello }
  token: { description: x, default: "\${{ github.token }}" }
  status: { description: x, default: "\${{ job.status }}" }
runs: { using: node24, main: main.mjs, post: post.mjs }
`;
const probeMain = `import { appendFileSync } from 'node:fs';
console.log('greeting=' + process.env.INPUT_GREETING + ' token=' + (process.env.INPUT_TOKEN ?? '').length + ' status=' + process.env.INPUT_STATUS);
console.log('now=' + new Date().toISOString().slice(0, 10) + ' ' + (Date.now() === new Date(Date.now()).getTime()) + ' ' + (new Date() instanceof Date));
appendFileSync(process.env.GITHUB_STATE, 'remembered=yes\\n');
appendFileSync(process.env.GITHUB_STEP_SUMMARY, '# Probed\\n');
if (process.env.INPUT_GREETING === 'fail') { console.log('::error file=a.txt,line=3,title=Probe::it failed'); process.exit(1); }
`;
const probePost = `console.log('post ran, remembered=' + process.env.STATE_remembered + ', status=' + process.env.INPUT_STATUS);
`;

type Files = Record<string, string>;
async function repositoryWith(files: Files): Promise<Repository> {
  const repository = await simulator.admin.createRepository({ owner: 'acme', name: 'shop', files: { 'README.md': 'shop\n', ...files }, author });
  simulator.admin.setRole(repository, author, 'write');
  return repository;
}
const workflow = (name: string, text: string): Files => ({ [`.github/workflows/${name}.yml`]: text });

async function api(method: string, path: string, body?: unknown, bearer = token): Promise<{ readonly status: number; readonly json: Record<string, unknown> }> {
  const response = await fetch(`${simulator.url}${path}`, { method, headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  const text = await response.text();
  return { status: response.status, json: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>) };
}
const shop = '/repos/acme/shop';

async function headOf(branch: string): Promise<string> {
  const { json } = await api('GET', `${shop}/git/ref/heads/${branch}`);
  return (json['object'] as { sha: string }).sha;
}

/** Commits files on a branch (made from `main` when new) through the REST interface. */
async function commitTo(branch: string, files: Files, bearer = token): Promise<string> {
  const known = await api('GET', `${shop}/git/ref/heads/${branch}`);
  const parent = known.status === 200 ? await headOf(branch) : await headOf('main');
  const tree = await api('POST', `${shop}/git/trees`, { base_tree: parent, tree: Object.entries(files).map(([path, content]) => ({ path, mode: '100644', type: 'blob', content })) }, bearer);
  const commit = await api('POST', `${shop}/git/commits`, { message: `Change ${branch}`, tree: tree.json['sha'], parents: [parent] }, bearer);
  const sha = String(commit.json['sha']);
  const moved = known.status === 200 ? await api('PATCH', `${shop}/git/refs/heads/${branch}`, { sha }, bearer) : await api('POST', `${shop}/git/refs`, { ref: `refs/heads/${branch}`, sha }, bearer);
  expect(moved.status).toBeLessThan(300);
  return sha;
}

const runsOf = (repository: Repository, event: string): readonly WorkflowRun[] => repository.runs.filter((run) => run.event === event);
function onlyRun(repository: Repository, event: string): WorkflowRun {
  const [run, ...more] = runsOf(repository, event);
  if (run === undefined || more.length > 0) throw new Error(`Expected one ${event} run, found ${String(runsOf(repository, event).length)}.`);
  return run;
}
function jobOf(run: WorkflowRun, key: string): Job {
  const job = run.jobs.find((one) => one.key === key && one.attempt === run.attempt);
  if (job === undefined) throw new Error(`The run has no job ${key}.`);
  return job;
}

describe('a push', () => {
  it('runs jobs in order of need and hands outputs on, with checks by GitHub Actions', async () => {
    const repository = await repositoryWith(
      workflow('ci', `name: CI
on: { push: { branches: [main] } }
env: { WHERE: everywhere }
jobs:
  first:
    runs-on: ubuntu-latest
    outputs: { answer: "\${{ steps.think.outputs.answer }}", long: "\${{ steps.think.outputs.long }}" }
    steps:
      - uses: actions/checkout@v5
      - id: think
        run: |
          test "$(cat README.md)" = shop
          echo "answer=42" >> "$GITHUB_OUTPUT"
          printf 'long<<END\\none\\ntwo\\nEND\\n' >> "$GITHUB_OUTPUT"
          echo "LATER=\$WHERE" >> "$GITHUB_ENV"
      - run: test "$LATER" = everywhere && test "$GITHUB_SHA" = "$(git rev-parse HEAD)" && test "$(git rev-parse --abbrev-ref HEAD)" = main
      - if: failure()
        run: echo never
  second:
    needs: first
    runs-on: ubuntu-latest
    steps:
      - run: test "\${{ needs.first.outputs.answer }}" = 42 && echo "\${{ toJSON(needs.first.outputs.long) }}"
  third:
    needs: [first, second]
    if: github.event_name != 'push'
    runs-on: ubuntu-latest
    steps: [{ run: "true" }]
`),
    );
    const sha = await commitTo('main', { 'a.txt': 'a' });
    await simulator.idle();
    const run = onlyRun(repository, 'push');
    expect(jobOf(run, 'first').log).not.toContain('##[error]');
    expect(run).toMatchObject({ status: 'completed', conclusion: 'success', headSha: sha, headBranch: 'main' });
    expect(jobOf(run, 'second').log).toContain('one\\ntwo');
    expect(jobOf(run, 'third').conclusion).toBe('skipped');
    const { json } = await api('GET', `${shop}/commits/${sha}/check-runs`);
    expect((json['check_runs'] as { name: string; conclusion: string; app: { id: number } }[]).map((check) => [check.name, check.conclusion, check.app.id])).toEqual([['first', 'success', 15368], ['second', 'success', 15368], ['third', 'skipped', 15368]]);
    for (const path of ['/actions/runs?head_sha=' + sha, `/actions/runs/${String(run.id)}`, `/actions/runs/${String(run.id)}/jobs`, `/commits/${sha}/check-suites`, '/actions/workflows', '/actions/workflows/ci.yml']) expect((await api('GET', `${shop}${path}`)).status).toBe(200);
    expect(simulator.contractMismatches()).toEqual([]);
  });

  it('fails a job with parts that are not simulated and says which', async () => {
    const repository = await repositoryWith(workflow('ci', 'on: push\njobs: { a: { strategy: { matrix: { x: [1] } }, steps: [{ run: "true" }] }, b: { steps: [{ uses: other/thing@v1 }] }, c: { steps: [{ run: "${{ hashFiles(\'x\') }}" }] } }\n'));
    await commitTo('main', { 'a.txt': 'a' });
    await simulator.idle();
    const run = onlyRun(repository, 'push');
    expect(run.conclusion).toBe('failure');
    expect(['a', 'b', 'c'].map((key) => jobOf(run, key).log)).toEqual([expect.stringContaining('not simulated: strategy (matrix)'), expect.stringContaining('not simulated: action other/thing@v1'), expect.stringContaining('not simulated: hashFiles()')]);
  });

  it('starts nothing when the built-in token pushed', async () => {
    const repository = await repositoryWith(
      workflow('ci', `on: { push: { branches: [main] } }
permissions: { contents: write }
jobs:
  tag:
    steps:
      - uses: actions/checkout@v5
      - run: |
          git tag made-by-job && git push -q origin made-by-job
          curl -sf -X POST -H "authorization: Bearer \${{ github.token }}" -d '{"ref":"refs/heads/other","sha":"'$GITHUB_SHA'"}' $GITHUB_API_URL/repos/$GITHUB_REPOSITORY/git/refs
`),
    );
    await commitTo('main', workflow('any', 'on: push\njobs: { a: { steps: [{ run: "true" }] } }\n'));
    await simulator.idle();
    expect(runsOf(repository, 'push').map((run) => [run.headBranch, run.name, run.conclusion])).toEqual([['main', '.github/workflows/any.yml', 'success'], ['main', '.github/workflows/ci.yml', 'success']]);
    expect((await api('GET', `${shop}/git/ref/tags/made-by-job`)).status).toBe(200);
    expect((await api('GET', `${shop}/git/ref/heads/other`)).status).toBe(200);
  });
});

describe('an action', () => {
  it('gets its inputs with defaults, and its post step runs after a failure', async () => {
    const repository = await repositoryWith(workflow('ci', 'on: push\njobs: { a: { steps: [{ uses: acme/probe@v1 }, { uses: acme/probe@v1, with: { greeting: fail } }, { run: echo not reached }] } }\n'));
    const sha = await commitTo('main', { 'a.txt': 'a' });
    await simulator.idle();
    const job = jobOf(onlyRun(repository, 'push'), 'a');
    expect(job.conclusion).toBe('failure');
    expect(job.log).toContain('greeting=hello token=44 status=success');
    expect(job.log).toContain('now=2026-11-25 true true');
    expect(job.log.split('post ran, remembered=yes, status=failure')).toHaveLength(3);
    expect(job.log).not.toContain('\nnot reached');
    expect(job.summary).toBe('# Probed\n# Probed\n');
    expect(job.steps.map((step) => [step.name, step.conclusion])).toEqual([['Run acme/probe@v1', 'success'], ['Run acme/probe@v1', 'failure'], ['Run echo not reached', 'skipped'], ['Post Run acme/probe@v1', 'success'], ['Post Run acme/probe@v1', 'success']]);
    const { json } = await api('GET', `${shop}/commits/${sha}/check-runs`);
    expect((json['check_runs'] as { output: { annotations_count: number } }[])[0]?.output.annotations_count).toBe(2);
  });

  it.each([
    ['the simulated time', 0, '2031-05-05'],
    ['the wrong time on a machine whose clock is two days slow', -2 * 86_400_000, '2031-05-03'],
  ])('sees %s', async (_name, offset, day) => {
    const repository = await repositoryWith(workflow('ci', 'on: push\njobs: { a: { steps: [{ uses: acme/probe@v1 }] } }\n'));
    simulator.clock.set(Date.parse('2031-05-05T12:00:00Z'));
    machineOffset = offset;
    await commitTo('main', { 'a.txt': 'a' });
    await simulator.idle();
    expect(jobOf(onlyRun(repository, 'push'), 'a').log).toContain(`now=${day} true true`);
  });
});

it('ends a step that takes too long, goes on where a step may fail, and hands artifacts on', async () => {
  const repository = await repositoryWith(
    workflow('ci', `on: push
jobs:
  slow: { steps: [{ run: sleep 60, timeout-minutes: 0.005 }, { if: failure(), run: echo cleaned up }] }
  late: { timeout-minutes: 0.005, steps: [{ run: sleep 60 }, { if: always(), run: echo always }, { run: echo never }] }
  tolerant: { steps: [{ id: bad, continue-on-error: true, run: exit 3 }, { run: "echo \${{ steps.bad.outcome }} \${{ steps.bad.conclusion }}; mkdir out; echo made > out/x.txt" }, { uses: actions/upload-artifact@v5, with: { name: built, path: out } }] }
  taker: { needs: tolerant, steps: [{ uses: actions/download-artifact@v5, with: { name: built, path: in } }, { run: cat in/x.txt }] }
`),
  );
  await commitTo('main', { 'a.txt': 'a' });
  await simulator.idle();
  const run = onlyRun(repository, 'push');
  expect(jobOf(run, 'slow')).toMatchObject({ conclusion: 'failure', log: expect.stringContaining('\ncleaned up\n') as string });
  expect(jobOf(run, 'late')).toMatchObject({ conclusion: 'cancelled', log: expect.stringContaining('\nalways\n') as string });
  expect(jobOf(run, 'late').steps.map((step) => step.conclusion)).toEqual(['cancelled', 'success', 'skipped']);
  expect(jobOf(run, 'tolerant')).toMatchObject({ conclusion: 'success', log: expect.stringContaining('failure success\n') as string });
  expect(jobOf(run, 'taker').log).toContain('made\n');
});

it('lets nothing of this machine into a job but its PATH', async () => {
  const repository = await repositoryWith(workflow('ci', 'on: push\njobs: { a: { steps: [{ run: "env | cut -d= -f1 | sort" }] } }\n'));
  await commitTo('main', { 'a.txt': 'a' });
  await simulator.idle();
  const names = jobOf(onlyRun(repository, 'push'), 'a').log.split('\n').filter((line) => /^[A-Z_]+$/.test(line));
  expect(names.filter((name) => !/^(GITHUB|RUNNER)_/.test(name))).toEqual(['CI', 'HOME', 'LANG', 'NODE_OPTIONS', 'PATH', 'PWD', 'SHLVL', '_']);
  expect(names).toEqual(expect.arrayContaining(['GITHUB_ACTIONS', 'GITHUB_API_URL', 'GITHUB_SERVER_URL', 'GITHUB_REPOSITORY', 'GITHUB_REPOSITORY_ID', 'GITHUB_REPOSITORY_OWNER', 'GITHUB_SHA', 'GITHUB_REF', 'GITHUB_REF_NAME', 'GITHUB_REF_TYPE', 'GITHUB_EVENT_NAME', 'GITHUB_EVENT_PATH', 'GITHUB_WORKFLOW', 'GITHUB_WORKFLOW_REF', 'GITHUB_WORKFLOW_SHA', 'GITHUB_RUN_ID', 'GITHUB_RUN_NUMBER', 'GITHUB_RUN_ATTEMPT', 'GITHUB_JOB', 'GITHUB_ACTOR', 'GITHUB_ACTOR_ID', 'GITHUB_TRIGGERING_ACTOR', 'GITHUB_WORKSPACE', 'GITHUB_OUTPUT', 'GITHUB_ENV', 'GITHUB_PATH', 'GITHUB_STATE', 'GITHUB_STEP_SUMMARY', 'RUNNER_TEMP', 'RUNNER_TOOL_CACHE', 'RUNNER_OS']));
  expect(names).not.toContain('GITHUB_TOKEN');
});

describe('secrets', () => {
  it('are masked in the log and kept out of outputs', async () => {
    const repository = await repositoryWith(
      workflow('ci', `on: push
jobs:
  a:
    outputs: { leaked: "\${{ secrets.API_KEY }}", fine: fine }
    steps:
      - run: echo "key=\${{ secrets.API_KEY }}"; echo "::add-mask::found-later"; echo "it is found-later"; echo "token=\${{ secrets.GITHUB_TOKEN }}"
  b: { needs: a, steps: [{ run: "echo 'got [\${{ needs.a.outputs.leaked }}] [\${{ needs.a.outputs.fine }}]'" }] }
`),
    );
    simulator.admin.setSecret(repository, 'API_KEY', 's3cr3t-value');
    await commitTo('main', { 'a.txt': 'a' });
    await simulator.idle();
    const run = onlyRun(repository, 'push');
    expect(jobOf(run, 'a').log).toContain('key=***\nit is ***\ntoken=***\n');
    expect(jobOf(run, 'b').log).toContain('got [] [fine]');
  });

  it('of a protected environment go to no run of another ref, and to the tag run an App starts', async () => {
    const deploy = 'on: { push: { tags: ["promote/**"], branches: ["**"] } }\njobs: { deploy: { environment: production, steps: [{ run: \'test -n "${{ secrets.KEY }}" && echo deployed\' }] } }\n';
    const repository = await repositoryWith(workflow('deploy', deploy));
    simulator.admin.setRole(repository, author, 'admin');
    await api('PUT', `${shop}/environments/production`, { deployment_branch_policy: { protected_branches: false, custom_branch_policies: true } });
    expect((await api('POST', `${shop}/environments/production/deployment-branch-policies`, { name: 'promote/production/*', type: 'tag' })).status).toBe(200);
    simulator.admin.setSecret(repository, 'KEY', 'production-key', 'production');
    const { app } = simulator.admin.createApp({ slug: 'gatekeeper', permissions: { contents: 'write' } });
    simulator.world.tokens.set('ghs_app', { kind: 'installation', app: app.id, permissions: { contents: 'write' }, expiresAt: simulator.clock.now() + 3_600_000 });

    const sha = await commitTo('promote/production/1', { 'a.txt': 'a' });
    await simulator.idle();
    const refused = jobOf(onlyRun(repository, 'push'), 'deploy');
    expect(refused).toMatchObject({ conclusion: 'failure', log: '##[error]Branch "promote/production/1" is not allowed to deploy to production due to environment protection rules.\n', steps: [] });
    expect(repository.deployments).toEqual([]);

    expect((await api('POST', `${shop}/git/refs`, { ref: 'refs/tags/promote/production/7', sha }, 'ghs_app')).status).toBe(201);
    await simulator.idle();
    const entered = runsOf(repository, 'push').at(-1);
    expect(entered).toMatchObject({ conclusion: 'success', headBranch: 'promote/production/7', ref: 'refs/tags/promote/production/7' });
    const { json } = await api('GET', `${shop}/deployments?environment=production`);
    expect(json).toMatchObject([{ sha, ref: 'promote/production/7', creator: { login: 'github-actions[bot]' } }]);
    const [deployment] = repository.deployments;
    expect(deployment?.statuses.map((status) => status.state)).toEqual(['in_progress', 'success']);
    expect((await api('GET', `${shop}/deployments/${String(deployment?.id)}/statuses`)).status).toBe(200);
    expect(simulator.contractMismatches()).toEqual([]);
  });
});

it('lets a job do only what its permissions say, and only while it runs', async () => {
  const call = 'curl -s -o /dev/null -w "%{http_code}\\n" -X POST -H "authorization: Bearer ${{ github.token }}" -H "content-type: application/json" -d \'{"title":"x"}\' $GITHUB_API_URL/repos/$GITHUB_REPOSITORY/issues';
  const repository = await repositoryWith(workflow('ci', `on: push\njobs:\n  may: { permissions: { issues: write }, steps: [{ run: 'echo ${'${{ github.token }}'} | base64 -w0; echo; ${call.replaceAll("'", "''")}' }] }\n  may-not: { steps: [{ run: '${call.replaceAll("'", "''")}' }] }\n`));
  await commitTo('main', { 'a.txt': 'a' });
  await simulator.idle();
  const run = onlyRun(repository, 'push');
  expect(jobOf(run, 'may').log).toContain('201\n');
  expect(jobOf(run, 'may-not').log).toContain('403\n');
  const used = /^[A-Za-z0-9+/=]{40,}$/m.exec(jobOf(run, 'may').log)?.[0] ?? '';
  const later = await api('GET', shop, undefined, Buffer.from(used, 'base64').toString('utf8').trim());
  expect(later.status).toBe(401);
});

it('runs the merge commit for pull_request and the default branch for pull_request_target', async () => {
  const files = (mark: string): Files => ({
    ...workflow('pr', `on: pull_request\njobs: { a: { steps: [{ uses: actions/checkout@v5 }, { run: "echo file=${mark}; ls; git log -1 --format=parents=%P" }] } }\n`),
    ...workflow('target', `on: pull_request_target\njobs: { a: { steps: [{ run: "echo file=${mark}" }] } }\n`),
  });
  const repository = await repositoryWith(files('base'));
  const head = await commitTo('feature', { ...files('changed'), 'feature.txt': 'x' });
  const base = await commitTo('main', { 'moved.txt': 'x' });
  expect((await api('POST', `${shop}/pulls`, { title: 'Feature', head: 'feature', base: 'main' })).status).toBe(201);
  await simulator.idle();
  const run = onlyRun(repository, 'pull_request');
  expect(run).toMatchObject({ headSha: head, headBranch: 'feature', ref: 'refs/pull/1/merge', conclusion: 'success' });
  expect(jobOf(run, 'a').log).toContain('file=changed');
  expect(jobOf(run, 'a').log).toMatch(/feature\.txt\nmoved\.txt\n/);
  expect(jobOf(run, 'a').log).toContain(`parents=${base} ${head}`);
  expect(run.payload).toMatchObject({ action: 'opened', number: 1, pull_request: { head: { sha: head }, user: { login: 'ada' } }, sender: { login: 'ada' } });
  const target = onlyRun(repository, 'pull_request_target');
  expect(jobOf(target, 'a').log).toContain('file=base');
  expect(target).toMatchObject({ headSha: head, ref: 'refs/heads/main' });
});

it('follows with workflow_run, ticks schedules, dispatches, and reruns with the same ref and payload', async () => {
  const repository = await repositoryWith({
    ...workflow('ci', 'name: CI\non: { push: { branches: [main] }, schedule: [{ cron: "7 * * * *" }], workflow_dispatch: {} }\njobs: { a: { steps: [{ run: "echo attempt=$GITHUB_RUN_ATTEMPT colour=${{ inputs.colour }}" }] } }\n'),
    ...workflow('after', 'on: { workflow_run: { workflows: [CI], types: [completed], branches: [main] } }\njobs: { a: { steps: [{ run: "echo after ${{ github.event.workflow_run.event }}" }] } }\n'),
  });
  await commitTo('main', { 'a.txt': 'a' });
  await simulator.idle();
  expect(jobOf(onlyRun(repository, 'workflow_run'), 'a').log).toContain('after push\n');
  await simulator.tickSchedules();
  expect(onlyRun(repository, 'schedule').conclusion).toBe('success');
  expect((await api('POST', `${shop}/actions/workflows/ci.yml/dispatches`, { ref: 'main', inputs: { colour: 'red' } })).status).toBe(204);
  await simulator.idle();
  expect(jobOf(onlyRun(repository, 'workflow_dispatch'), 'a').log).toContain('colour=red');
  const run = onlyRun(repository, 'push');
  const payload = run.payload;
  expect((await api('POST', `${shop}/actions/runs/${String(run.id)}/rerun`)).status).toBe(201);
  await simulator.idle();
  expect(run).toMatchObject({ attempt: 2, conclusion: 'success', payload, ref: 'refs/heads/main' });
  expect(jobOf(run, 'a').log).toContain('attempt=2');
  expect(simulator.contractMismatches()).toEqual([]);
});

it('serialises a concurrency group and lets the newest waiting run replace an older one', async () => {
  const repository = await repositoryWith(workflow('ci', 'on: push\nconcurrency: deploy\njobs: { a: { steps: [{ run: sleep 1 }] } }\n'));
  for (const name of ['a', 'b', 'c']) await commitTo('main', { [name]: name });
  await simulator.idle();
  expect(repository.runs.map((run) => run.conclusion)).toEqual(['success', 'cancelled', 'success']);
});

it('ends every process of a job when it stops, also those in the background', async () => {
  const marker = join(dataDir, 'pids');
  await repositoryWith(workflow('ci', `on: push\njobs: { a: { steps: [{ run: "sleep 300 & echo $! >> ${marker}" }, { run: "echo $$ >> ${marker}; sleep 300" }] } }\n`));
  await commitTo('main', { 'a.txt': 'a' });
  const read = async (): Promise<string> => readFile(marker, 'utf8').catch(() => '');
  for (let tries = 0; tries < 100 && (await read()).trim().split('\n').length < 2; tries += 1) await new Promise((done) => setTimeout(done, 50));
  const pids = (await read()).trim().split('\n').map(Number);
  expect(pids).toHaveLength(2);
  await simulator.stop();
  const listing = execFileSync('ps', ['-eo', 'pid=,stat='], { encoding: 'utf8' });
  const lines = listing.split('\n').map((line) => line.trim().split(/\s+/));
  // A killed process that nobody has waited for yet is listed as Z, and is dead.
  const alive = lines.filter(([pid, state]) => pids.includes(Number(pid)) && !(state ?? '').startsWith('Z'));
  expect(alive).toEqual([]);
});
