import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Deployment } from '@sallyport/simulator';
import { reportDeployment } from './report-deployment.ts';
import { name, startScene } from './scene.fixture.ts';
import type { Scene } from './scene.fixture.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await startScene();
});
beforeEach(() => {
  scene.repository.deployments.length = 0;
});
afterAll(() => scene.stop());

const ref = 'promote/production/1';
const reportOf = (changes = {}) => ({ environment: 'production', sha: scene.commit, ref, state: 'success' as const, description: 'd'.repeat(200), environmentUrl: '', logUrl: 'https://github.example/run', ...changes });

function addDeployment(id: number, changes: Partial<Deployment> = {}): Deployment {
  const deployment: Deployment = { id, sha: scene.commit, ref, environment: 'production', creator: scene.people.ada, task: 'deploy', description: null, createdAt: 0, updatedAt: 0, payload: {}, statuses: [], run: null, ...changes };
  scene.repository.deployments.push(deployment);
  return deployment;
}

it('adds a status to the newest deployment of the job, cut to what GitHub takes', async () => {
  const older = addDeployment(1);
  const newest = addDeployment(2);
  expect(await reportDeployment(scene.app.client, name, reportOf())).toBe(true);
  expect(older.statuses).toEqual([]);
  expect(newest.statuses).toMatchObject([{ state: 'success', logUrl: 'https://github.example/run', environmentUrl: '' }]);
  expect(newest.statuses[0]?.description).toHaveLength(140);
});

it('passes the address of the environment on when there is one', async () => {
  const { statuses } = addDeployment(1);
  await reportDeployment(scene.app.client, name, reportOf({ state: 'failure', environmentUrl: 'https://shop.example' }));
  expect(statuses).toMatchObject([{ state: 'failure', environmentUrl: 'https://shop.example' }]);
});

it.each([
  ['environment', { environment: 'staging' }],
  ['commit', { sha: 'a'.repeat(40) }],
  ['ref', { ref: 'promote/production/2' }],
])('reports nothing on a deployment of another %s', async (_name, other) => {
  const { statuses } = addDeployment(1, other);
  expect(await reportDeployment(scene.app.client, name, reportOf())).toBe(false);
  expect(statuses).toEqual([]);
});
