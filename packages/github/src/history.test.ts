import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { Repository } from '@sallyport/simulator';
import { createHistory } from './history.ts';
import { name, startScene } from './scene.fixture.ts';
import type { Scene } from './scene.fixture.ts';

const sha = z.looseObject({ sha: z.string() });
let scene: Scene;
let token: string;

beforeAll(async () => {
  scene = await startScene();
  token = scene.simulator.admin.createToken(scene.people.ada);
  scene.simulator.admin.setRole(scene.repository, scene.people.ada, 'admin');
});
afterAll(() => scene.stop());

async function call(method: string, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(`${scene.simulator.url}/repos/${name.owner}/${name.name}${path}`, { method, headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return JSON.parse(text) as unknown;
}

async function commitOn(parents: readonly string[], content: string): Promise<string> {
  const tree = sha.parse(await call('POST', '/git/trees', { base_tree: parents[0], tree: [{ path: `${content}.txt`, mode: '100644', type: 'blob', content }] }));
  return sha.parse(await call('POST', '/git/commits', { message: content, tree: tree.sha, parents })).sha;
}

const tipOf = async (branch: string): Promise<string> => z.looseObject({ object: sha }).parse(await call('GET', `/git/ref/heads/${branch}`)).object.sha;
const move = (branch: string, to: string): Promise<unknown> => call('PATCH', `/git/refs/heads/${branch}`, { sha: to });

/** A branch of its own for a test, at the first commit. */
async function branchOf(branch: string): Promise<string> {
  await call('POST', '/git/refs', { ref: `refs/heads/${branch}`, sha: scene.commit });
  return scene.commit;
}

describe('the history of a branch', () => {
  it('holds every commit since a point, with parents, tree and author, over more than one page', async () => {
    const since = await branchOf('long');
    let tip = since;
    for (let index = 0; index < 103; index += 1) tip = await commitOn([tip], `long ${index}`);
    await move('long', tip);
    const { tip: seen, commits } = await createHistory(scene.ada).listHistory(since, 'long');
    expect([seen, commits.complete, commits.items.length]).toEqual([tip, true, 103]);
    expect(commits.items[0]).toMatchObject({ sha: tip, author: 'ada', tree: expect.stringMatching(/^[0-9a-f]{40}$/) as string });
    expect(commits.items.at(-1)?.parents).toEqual([since]);
  });

  it('holds both sides of a merge, and nothing of before', async () => {
    const since = await branchOf('merged');
    const [left, right] = [await commitOn([since], 'left'), await commitOn([since], 'right')];
    const tip = await commitOn([left, right], 'both');
    await move('merged', tip);
    const { commits } = await createHistory(scene.ada).listHistory(since, 'merged');
    expect(commits.items.map((commit) => commit.sha).sort()).toEqual([left, right, tip].sort());
  });

  it('is not known since a point that does not exist', async () => {
    expect(await createHistory(scene.ada).listHistory('v0.0.0', 'main')).toMatchObject({ tip: await tipOf('main'), commits: { complete: false, missing: expect.stringContaining('v0.0.0') as string } });
  });
});

describe('where a branch was', () => {
  it('is told by its pushes, not by the dates in commits', async () => {
    const { simulator } = scene;
    await branchOf('dated');
    const createdAt = simulator.clock.now();
    const first = await commitOn([scene.commit], 'dated first');
    simulator.clock.advance(60_000);
    await move('dated', first);
    const movedAt = simulator.clock.now();
    const history = createHistory(scene.ada);
    expect(await history.findTipAt('dated', createdAt)).toEqual({ known: scene.commit });
    expect(await history.findTipAt('dated', movedAt - 30_000)).toEqual({ known: scene.commit });
    expect(await history.findTipAt('dated', movedAt + 1000)).toEqual({ known: first });
    expect(await history.findTipAt('dated', createdAt - 86_400_000), 'dated came from main, and main was there before').toMatchObject({ unknown: expect.stringContaining('no push to dated') as string });
  });

  it('is what it was made with, before there was a repository', async () => {
    const longAgo = scene.simulator.clock.now() - 30 * 86_400_000;
    const history = createHistory(scene.ada);
    expect(await history.findTipAt('main', longAgo)).toEqual({ known: scene.commit });
    await move('main', await commitOn([scene.commit], 'a push'));
    expect(await history.findTipAt('main', longAgo)).toEqual({ known: scene.commit });
  });

  it.each<[string, (activity: Repository['activity']) => Repository['activity']]>([
    ['a push is not told', (activity) => activity.filter((one) => one !== activity.filter(({ ref }) => ref === 'refs/heads/main').at(-2))],
    ['its creation is not told', (activity) => activity.filter(({ ref, type }) => ref !== 'refs/heads/main' || type !== 'branch_creation')],
    ['nothing but pushes to it is told', (activity) => activity.filter(({ ref, type }) => ref === 'refs/heads/main' && type === 'push')],
    ['another branch was there first', ([first, ...rest]) => (first === undefined ? [] : [{ ...first, id: 1, ref: 'refs/heads/master' }, first, ...rest])],
    ['it was deleted in between', (activity) => activity.flatMap((one, index) => (index === 0 ? [one, { ...one, id: 2, type: 'branch_deletion' as const, before: one.after, after: one.after }] : [one]))],
  ])('is not known then where %s', async (_name, change) => {
    await move('main', await commitOn([await tipOf('main')], `more ${_name}`));
    await move('main', await commitOn([await tipOf('main')], `and more ${_name}`));
    const { activity } = scene.repository;
    const told = [...activity];
    activity.splice(0, activity.length, ...change(told));
    const found = await createHistory(scene.ada).findTipAt('main', scene.simulator.clock.now() - 30 * 86_400_000);
    // The next row begins from what is true.
    activity.splice(0, activity.length, ...told);
    expect(found).toHaveProperty('unknown');
  });
});

describe('the change a commit is the merge of', () => {
  it('is the merged pull request, and none for a direct push', async () => {
    const head = await commitOn([await tipOf('main')], 'change');
    await call('POST', '/git/refs', { ref: 'refs/heads/change', sha: head });
    const { number } = z.looseObject({ number: z.int() }).parse(await call('POST', '/pulls', { title: 'Change', head: 'change', base: 'main' }));
    await call('PUT', `/pulls/${number}/merge`, { merge_method: 'squash', sha: head });
    const landed = await tipOf('main');
    const direct = await commitOn([landed], 'direct');
    await move('main', direct);
    const history = createHistory(scene.ada);
    expect(await history.findChange(landed, 'main')).toMatchObject({ known: { number, headSha: head } });
    expect(await history.findChange(direct, 'main')).toEqual({ known: null });
    expect(await history.findChange(landed, 'other')).toEqual({ known: null });
  });
});
