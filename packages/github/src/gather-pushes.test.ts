import type { Repository, User } from '@sallyport/simulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pullAnswer } from './answers/pull.ts';
import { createGitHubClient } from './client.ts';
import { gatherPushes } from './gather-pushes.ts';
import { startMergeScene } from './merge-scene.fixture.ts';
import type { MergeScene } from './merge-scene.fixture.ts';

let scene: MergeScene;
let fork: Repository;
let mallory: User;
let number: number;
beforeAll(async () => {
  scene = await startMergeScene();
  const { admin } = scene.simulator;
  mallory = admin.createUser('mallory');
  fork = await admin.fork(scene.repository, mallory);
  await admin.growBranch(fork, { branch: 'gift', author: mallory, commits: 2 });
  number = await scene.open('mallory:gift', admin.createToken(mallory));
});
afterAll(() => scene.stop());

describe('the head in another repository', () => {
  it('has its pushes read there, and its runs say where they come from', async () => {
    const more = await scene.simulator.admin.growBranch(fork, { branch: 'gift', author: scene.people.cleo, commits: 1, from: 'gift' });
    scene.simulator.admin.addRun(scene.repository, { workflow: '.github/workflows/ci.yml', event: 'pull_request', headSha: more, headBranch: 'gift', headRepository: 'mallory/shop', user: mallory, jobs: [{ name: 'unit', conclusion: 'success' }] });
    const facts = await scene.gather(number);
    expect(facts.pullRequest).toMatchObject({ author: { known: { id: mallory.id } }, head: { ref: 'gift', sha: more, repository: fork.id } });
    expect(facts.pushes).toMatchObject({ complete: true, items: [{ kind: 'creation', actor: { known: { id: mallory.id } } }, { kind: 'push', after: more, actor: { known: { id: scene.people.cleo.id } } }] });
    expect(facts.runs.items).toMatchObject([{ headRepository: fork.id, pullRequests: null, headSha: more }]);
    expect(facts.commits).toMatchObject({ complete: true });
    expect(facts.commits.items).toHaveLength(3);
  });

  it('is taken for its own even where a branch here has the same name', async () => {
    await scene.simulator.admin.growBranch(scene.repository, { branch: 'gift', author: scene.people.ben, commits: 1 });
    const { pushes } = await scene.gather(number);
    expect(pushes.items.some(({ actor }) => 'known' in actor && actor.known.id === scene.people.ben.id)).toBe(false);
  });

  it('leaves the pushes incomplete where they may not be read', async () => {
    scene.simulator.world.repositories.delete('mallory/shop');
    scene.simulator.world.repositories.set('mallory/shop', { ...fork, visibility: 'private' });
    try {
      const { pushes, carryOver, formerCommits } = await scene.gather(number);
      expect(pushes).toMatchObject({ complete: false, items: [], missing: expect.stringContaining('the pushes to gift in mallory/shop may not be read') as string });
      expect([carryOver.complete, formerCommits.complete]).toEqual([false, false]);
    } finally {
      scene.simulator.world.repositories.set('mallory/shop', fork);
    }
  });

  it('leaves them incomplete where that repository is gone, and asks nobody', async () => {
    const answer = (await scene.call(scene.tokens.ada, 'GET', `/pulls/${number}`)) as { readonly head: object };
    const pull = pullAnswer.parse({ ...answer, head: { ...answer.head, repo: null } });
    const client = createGitHubClient({ baseUrl: 'http://127.0.0.1:9', auth: { kind: 'none' }, userAgent: 'test', retries: 0 });
    expect(await gatherPushes({ client, owner: 'acme', repo: 'shop' }, pull)).toEqual({ items: [], complete: false, missing: 'the repository of the head branch no longer exists' });
  });
});

describe('a branch that was made anew before the pull request', () => {
  it('has only the pushes since then', async () => {
    const { admin } = scene.simulator;
    await admin.growBranch(scene.repository, { branch: 'again', author: scene.people.cleo, commits: 1 });
    scene.pass(10);
    await admin.moveBranch(scene.repository, scene.people.cleo, 'again', null);
    scene.pass(10);
    const head = await admin.growBranch(scene.repository, { branch: 'again', author: scene.people.ada, commits: 1 });
    const { pushes } = await scene.gather(await scene.open('again'));
    expect(pushes).toMatchObject({ complete: true, items: [{ kind: 'creation', after: head }] });
    expect(pushes.items).toHaveLength(1);
  });
});
