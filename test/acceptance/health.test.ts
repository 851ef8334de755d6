import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decision as decisionSchema } from '@sallyport/gates';
import type { WorkflowRun } from '@sallyport/simulator';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startScene } from './gatekeeper-scene.ts';
import type { Scene } from './gatekeeper-scene.ts';
import { tamper } from './tamper.ts';

const quarter = 15 * 60 * 1000;

let scene: Scene;

/** What an environment says of itself when it is asked. */
type Condition = 'healthy' | 'unhealthy' | 'healthy but other';
const placeOf = (environment: string): string => join(scene.repository.gitDir, `${environment}.condition`);
const is = (environment: string, condition: Condition) => writeFile(placeOf(environment), `${condition}\n`);

const probe = (environment: string): string => `name: probe ${environment}
on: { schedule: [{ cron: '3,18,33,48 * * * *' }], workflow_dispatch: {} }
permissions: {}
jobs:
  health:
    runs-on: ubuntu-24.04
    steps:
      - run: grep -q '^healthy' '${placeOf(environment)}'
  drift:
    runs-on: ubuntu-24.04
    steps:
      - run: "! grep -q 'other' '${placeOf(environment)}'"
`;

beforeAll(async () => {
  scene = await startScene('production');
  for (const environment of ['staging', 'production']) {
    await is(environment, 'healthy');
    tamper(scene, 'main', `.github/workflows/probe-${environment}.yml`, () => probe(environment));
    tamper(scene, 'main', '.github/sallyport.yml', (text) => text.replace(`  ${environment}:\n`, `  ${environment}:\n    health: { workflow: .github/workflows/probe-${environment}.yml, every: 15m }\n`));
  }
});
afterAll(() => scene.stop());

/** Quarters of an hour go by; each ends with a probe of both environments and a sweep. */
async function watch(quarters: number): Promise<void> {
  for (let index = 0; index < quarters; index += 1) {
    scene.simulator.clock.advance(quarter);
    await scene.simulator.tickSchedules();
    await scene.settle();
  }
}

const releases = async (): Promise<readonly string[]> => ((await scene.readRecord()).state.promotions.get('production') ?? []).map(({ version }) => version);
const drifts = async (): Promise<readonly (readonly [string, number])[]> => (await scene.readRecord()).state.drifts.map(({ environment, promotion }) => [environment, promotion] as const);

/** What the release gate was last recorded to say against it. */
async function objections(): Promise<readonly (readonly [string, string])[]> {
  const made = (await scene.readRecord()).state.decisions.findLast(({ gate }) => gate === 'release');
  return decisionSchema.parse(made?.decision).rules.flatMap(({ rule, outcome, reason }) => (outcome === 'allow' ? [] : [[rule, reason] as const]));
}

it('an unhealthy hour in staging starts the soak again (P08)', async () => {
  await scene.register('1.0.0-rc.1');
  await scene.settle();
  await watch(3);
  expect([await releases(), await objections()]).toEqual([[], [['soak', 'soaking']]]);

  await is('staging', 'unhealthy');
  await watch(4);
  // An hour and three quarters after the deploy the hour of soak would be over, were it not for these.
  expect([await releases(), await objections()]).toEqual([[], [['healthy-before', 'unhealthy-before'], ['soak', 'soaking']]]);

  await is('staging', 'healthy');
  await watch(4);
  expect([await releases(), await objections()]).toEqual([[], [['soak', 'soaking']]]);
  await watch(1);
  expect(await releases()).toEqual(['1.0.0-rc.1']);
});

it('a failed probe that is run again with success has still been heard (P08)', async () => {
  await scene.register('1.0.0-rc.2');
  await scene.settle();
  await watch(2);
  await is('staging', 'unhealthy');
  await watch(1);
  const failed = scene.repository.runs.findLast(({ workflow, conclusion }) => workflow.endsWith('probe-staging.yml') && conclusion === 'failure');
  await is('staging', 'healthy');
  await scene.ada.send('POST', `/actions/runs/${failed?.id}/rerun`);
  await scene.simulator.idle();
  expect(failed).toMatchObject({ attempt: 2, conclusion: 'success' });
  await watch(3);
  expect([await releases(), await objections()]).toEqual([['1.0.0-rc.1'], [['soak', 'soaking']]]);
});

it('probes that stop coming are no health, and the soak begins with the next one', async () => {
  scene.simulator.clock.advance(2 * quarter + 1000);
  await scene.settle();
  expect([await releases(), await objections()]).toEqual([['1.0.0-rc.1'], [['healthy-before', 'probe-missing'], ['soak', 'soaking']]]);
  await watch(4);
  expect([await releases(), await objections()]).toEqual([['1.0.0-rc.1'], [['soak', 'soaking']]]);
  await watch(1);
  expect(await releases()).toEqual(['1.0.0-rc.1', '1.0.0-rc.2']);
});

it('a deployment or status posted by hand says nothing of health (P12)', async () => {
  await scene.register('1.0.0-rc.3');
  await scene.settle();
  scene.simulator.clock.advance(3 * quarter);
  const { id } = await scene.ben.send('POST', '/deployments', { ref: 'main', environment: 'staging', required_contexts: [], auto_merge: false });
  await scene.ben.send('POST', `/deployments/${String(id)}/statuses`, { state: 'success', log_url: 'https://ci.example.com/1' });
  await scene.ben.send('POST', `/statuses/${scene.landed}`, { state: 'success', context: 'probe staging' });
  scene.simulator.clock.advance(2 * quarter);
  await scene.settle();
  expect([await releases(), await objections()]).toEqual([['1.0.0-rc.1', '1.0.0-rc.2'], [['healthy-before', 'probe-missing'], ['soak', 'soaking']]]);
});

it('drift is recorded once, noted while it lasts, and shown on the release issue (P10)', async () => {
  // So that the next build stays where it is, and its release issue open.
  await is('staging', 'unhealthy');
  await is('production', 'unhealthy');
  await watch(1);
  expect(await drifts(), 'unhealthy is no drift').toEqual([]);

  await is('production', 'healthy but other');
  await watch(2);
  expect(await drifts()).toEqual([['production', 2]]);
  const { notes } = await scene.sweep();
  expect(notes).toEqual([{ code: 'drift', message: expect.stringContaining('production runs something else than promotion 2 brought there') as string }]);
  const { state } = await scene.readRecord();
  const body = String((await scene.ada.send('GET', `/issues/${state.releases.at(-1)?.issue ?? 0}`))['body']);
  expect(body).toContain('| drift | run ');

  await is('production', 'healthy');
  await watch(1);
  expect([await drifts(), (await scene.sweep()).notes]).toEqual([[['production', 2]], []]);

  await is('production', 'healthy but other');
  await watch(1);
  expect(await drifts(), 'another time').toEqual([['production', 2], ['production', 2]]);
});

it('a deploy that does not end is called silent, with what to do; cancelled, it has failed and the way is free (P11)', async () => {
  let deploy: WorkflowRun | undefined;
  const hang = scene.simulator.beforeRequest(async ({ path }) => {
    if (!path.endsWith('/actions/runs')) return;
    await scene.simulator.idle();
    deploy = scene.repository.runs.findLast(({ workflow }) => workflow.endsWith('deploy.yml'));
    if (deploy?.headBranch === 'promote/staging/4') Object.assign(deploy, { status: 'in_progress', conclusion: null });
  });
  await scene.register('1.0.0-rc.4');
  const codes = async () => (await scene.sweep()).notes.filter(({ code }) => code.startsWith('deploy-')).map(({ code, message }) => [code, message.includes('cancel')]);
  expect(await codes()).toEqual([['deploy-pending', false]]);
  scene.simulator.clock.advance(60 * 60 * 1000 + 1000);
  expect(await codes()).toEqual([['deploy-silent', true]]);
  expect((await scene.readRecord()).state.promotions.get('staging')?.at(-1)).toMatchObject({ version: '1.0.0-rc.4', end: null });

  hang();
  Object.assign(deploy ?? {}, { status: 'completed', conclusion: 'cancelled' });
  await scene.settle();
  expect((await scene.readRecord()).state.promotions.get('staging')?.at(-1)).toMatchObject({ version: '1.0.0-rc.4', end: { outcome: 'failed' } });
  expect(scene.simulator.contractMismatches()).toEqual([]);
});
