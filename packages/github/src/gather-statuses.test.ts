import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plainPolicy, policyOf, startMergeScene } from './merge-scene.fixture.ts';
import type { MergeScene } from './merge-scene.fixture.ts';

let scene: MergeScene;
let number: number;
let head: string;
beforeAll(async () => {
  scene = await startMergeScene();
  head = await scene.simulator.admin.growBranch(scene.repository, { branch: 'status', author: scene.people.ada, commits: 1 });
  number = await scene.open('status');
});
afterAll(() => scene.stop());

describe('commit statuses', () => {
  it('name who posted each, newest first, over more than one page', async () => {
    const wanted = policyOf(`  tests:\n    - { check: docs, status-by: ${scene.people.ben.id} }\n`);
    for (let index = 0; index < 100; index += 1) await scene.call(scene.tokens.cleo, 'POST', `/statuses/${head}`, { state: 'pending', context: 'docs' });
    scene.pass(1);
    await scene.call(scene.tokens.cleo, 'POST', `/statuses/${head}`, { state: 'failure', context: 'docs' });
    scene.pass(1);
    await scene.call(scene.tokens.ben, 'POST', `/statuses/${head}`, { state: 'success', context: 'docs', target_url: 'https://ci.example/1' });
    const { statuses } = await scene.gather(number, wanted);
    expect(statuses.complete).toBe(true);
    expect(statuses.items).toHaveLength(102);
    expect(statuses.items.slice(0, 2)).toMatchObject([
      { context: 'docs', headSha: head, state: 'success', creator: { known: { id: scene.people.ben.id } }, url: 'https://ci.example/1' },
      { state: 'failure', creator: { known: { id: scene.people.cleo.id } }, url: null },
    ]);
  });

  it('are not read where the policy names none, and say so', async () => {
    expect((await scene.gather(number, plainPolicy)).statuses).toMatchObject({ complete: false, items: [], missing: expect.stringContaining('names no commit status') as string });
  });
});
