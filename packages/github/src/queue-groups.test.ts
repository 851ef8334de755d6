import { afterAll, beforeAll, expect, it } from 'vitest';
import { createChanges } from './changes.ts';
import { name, startScene } from './scene.fixture.ts';
import type { Scene } from './scene.fixture.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await startScene();
});
afterAll(() => scene.stop());

async function makeBranch(branch: string): Promise<void> {
  const token = scene.simulator.admin.createToken(scene.people.ada);
  const answer = await fetch(`${scene.simulator.url}/repos/${name.owner}/${name.name}/git/refs`, { method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, body: JSON.stringify({ ref: `refs/heads/${branch}`, sha: scene.commit }) });
  expect(answer.status, await answer.text()).toBe(201);
}

it('finds the groups of the merge queue by their branches, and nothing else', async () => {
  const base = 'b'.repeat(40);
  const group = (branch: string, number: number): string => `gh-readonly-queue/${branch}/pr-${number}-${base}`;
  for (const branch of [group('main', 12), group('release/1.x', 7), 'gh-readonly-queue/main/other', `topic/${group('main', 13)}`]) await makeBranch(branch);
  const groups = await createChanges(scene.app, () => Promise.resolve({ unknown: 'nothing is merged here' })).listQueueGroups();
  expect(groups).toEqual([
    { pullRequest: 12, base: 'main', group: { ref: group('main', 12), headSha: scene.commit, baseSha: base } },
    { pullRequest: 7, base: 'release/1.x', group: { ref: group('release/1.x', 7), headSha: scene.commit, baseSha: base } },
  ]);
});
