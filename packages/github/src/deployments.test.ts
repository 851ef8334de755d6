import { completeList } from '@sallyport/gates';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDeployments } from './deployments.ts';
import { startScene } from './scene.fixture.ts';
import type { Scene } from './scene.fixture.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await startScene();
});
afterAll(() => scene.stop());

describe('deployments', () => {
  it('are listed by environment, over all pages, whoever made them', async () => {
    const { app, repository, simulator, commit } = scene;
    const [creator] = simulator.world.users.values();
    if (creator === undefined) throw new Error('The scene has nobody in it.');
    const at = simulator.clock.now();
    const made = (id: number, environment: string) => ({ id, sha: commit, ref: 'main', environment, creator, task: 'deploy', description: null, createdAt: at, updatedAt: at, payload: {}, statuses: [], run: null });
    repository.deployments.push(...Array.from({ length: 101 }, (_unused, index) => made(index + 1, 'production')), made(500, 'staging'));
    const listed = await createDeployments(app).list('production');
    expect([listed.complete, listed.items.length, listed.items.at(-1)]).toEqual([true, 101, { id: 1, commit, ref: 'main', createdAt: Math.floor(at / 1000) * 1000 }]);
    expect(await createDeployments(app).list('nowhere')).toEqual(completeList([]));
  });
});
