import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { decision as decisionSchema } from '@sallyport/gates';
import type { WorkflowRun } from '@sallyport/simulator';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startScene } from './gatekeeper-scene.ts';
import type { Scene } from './gatekeeper-scene.ts';
import { tamper } from './tamper.ts';

const quarter = 15 * 60 * 1000;
const action = 'sallyport/sallyport/packages/actions/probe';

let scene: Scene;
let server: Server;
let build: string;
/** How staging answers when it is asked. */
let answers: { status: number; body: string };

const probe = (url: string): string => `name: probe staging
on: { schedule: [{ cron: '3,18,33,48 * * * *' }], workflow_dispatch: {} }
permissions: {}
jobs:
  health:
    runs-on: ubuntu-24.04
    permissions: { contents: read }
    steps:
      - id: probe
        uses: ${action}@${'0'.repeat(40)}
        with: { environment: staging, url: '${url}/health?key=hidden', attempts: 1, fail-step: 'false' }
      - run: echo "after it, healthy=$HEALTHY reason=$REASON as=$AS"
        env: { HEALTHY: '\${{ steps.probe.outputs.healthy }}', REASON: '\${{ steps.probe.outputs.reason }}', AS: '\${{ steps.probe.outputs.recorded-as }}' }
  drift:
    runs-on: ubuntu-24.04
    permissions: { contents: read }
    steps:
      - uses: ${action}@${'0'.repeat(40)}
        with: { environment: staging, url: '${url}/version.json', looks-for: drift, field: build }
      - run: echo 'nothing drifted'
`;

beforeAll(async () => {
  scene = await startScene('production', { actions: new Map([[action, join(import.meta.dirname, '../../packages/actions/probe')]]) });
  server = createServer((_question, answer) => answer.writeHead(answers.status).end(answers.body));
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  tamper(scene, 'main', '.github/workflows/probe-staging.yml', () => probe(url));
  tamper(scene, 'main', '.github/sallyport.yml', (text) => text.replace('  staging:\n', '  staging:\n    health: { workflow: .github/workflows/probe-staging.yml, every: 15m }\n'));
  build = await scene.register('1.0.0-rc.1');
  answers = { status: 200, body: JSON.stringify({ build }) };
  await scene.settle();
});
afterAll(async () => {
  expect(scene.simulator.contractMismatches()).toEqual([]);
  server.closeAllConnections();
  server.close();
  await scene.stop();
});

/** A quarter of an hour goes by and ends with a probe and a sweep. Gives the run. */
async function probed(): Promise<WorkflowRun> {
  scene.simulator.clock.advance(quarter);
  await scene.simulator.tickSchedules();
  await scene.settle();
  const run = scene.repository.runs.findLast(({ workflow }) => workflow.endsWith('probe-staging.yml'));
  if (run === undefined) throw new Error('No probe ran.');
  return run;
}

const job = (run: WorkflowRun, key: string) => {
  const found = run.jobs.findLast((one) => one.key === key);
  if (found === undefined) throw new Error(`There is no job ${key}.`);
  return found;
};
const releases = async (): Promise<readonly string[]> => ((await scene.readRecord()).state.promotions.get('production') ?? []).map(({ version }) => version);

async function objections(): Promise<readonly string[]> {
  const made = (await scene.readRecord()).state.decisions.findLast(({ gate }) => gate === 'release');
  return decisionSchema.parse(made?.decision).rules.flatMap(({ outcome, reason }) => (outcome === 'allow' ? [] : [reason]));
}

it('an environment that is well passes, says so, and is healthy in the record', async () => {
  const run = await probed();
  const { log, summary } = job(run, 'health');
  expect(run.conclusion, log).toBe('success');
  expect(log).toContain('after it, healthy=true reason=ok as=probe');
  expect(summary).toContain('## ✅ staging is healthy');
  expect(summary).toContain('| recorded | by how this run ends |');
  expect(job(run, 'drift').summary).toContain('✅ staging runs what was promoted there');
  expect(await objections()).toEqual(['soaking']);
});

it('one that is not lets the steps after it run, fails the job at its end, and is unhealthy in the record (P08)', async () => {
  answers = { status: 503, body: 'no' };
  const run = await probed();
  const { log, summary } = job(run, 'health');
  expect([run.conclusion, job(run, 'health').conclusion, job(run, 'drift').conclusion]).toEqual(['failure', 'failure', 'success']);
  expect(log).toContain('after it, healthy=false reason=status as=probe');
  expect(log).toContain('It answers with status 503, and 200 is healthy.');
  expect(summary).toContain('❌ staging is unhealthy');
  expect(job(run, 'drift').log, 'what cannot be read is no drift').toContain('nothing drifted');
  expect(summary, 'what may be a credential is not shown').not.toContain('hidden');
  expect(await objections()).toEqual(['unhealthy-before', 'soaking']);
});

it('one that runs something else fails the job drift, and is recorded as drift (P10)', async () => {
  answers = { status: 200, body: JSON.stringify({ build: '9.9.9' }) };
  const run = await probed();
  expect([job(run, 'health').conclusion, job(run, 'drift').conclusion]).toEqual(['success', 'failure']);
  expect(job(run, 'drift').log).toContain('It says that it runs 9.9.9, and promote/staging/1 brought 1.0.0-rc.1');
  expect((await scene.readRecord()).state.drifts).toMatchObject([{ environment: 'staging', promotion: 1, run: run.id }]);
});

it('well for the whole soak again, its build goes on', async () => {
  answers = { status: 200, body: JSON.stringify({ build }) };
  for (let quarters = 0; quarters < 4; quarters += 1) await probed();
  expect(await releases()).toEqual([]);
  await probed();
  expect(await releases()).toEqual(['1.0.0-rc.1']);
}, 120_000);

it('a GitHub that does not answer makes nothing unhealthy', async () => {
  const remove = scene.simulator.faults.add({ when: ({ path }) => path.includes('/contents/') || path.includes('/git/'), kind: 'server-error' });
  scene.simulator.clock.advance(quarter);
  await scene.simulator.tickSchedules();
  await scene.simulator.idle();
  remove();
  const run = scene.repository.runs.findLast(({ workflow }) => workflow.endsWith('probe-staging.yml'));
  expect(run?.conclusion).toBe('success');
  if (run !== undefined) expect([job(run, 'health').log, job(run, 'drift').log]).toEqual([expect.stringContaining('could not be learnt'), expect.stringContaining('could not be read')]);
}, 120_000);
