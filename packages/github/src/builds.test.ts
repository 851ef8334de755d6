import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { made } from './answers/commit.ts';
import { createBuilds } from './builds.ts';
import { readTree } from './read-tree.ts';
import { createRef } from './promotions.ts';
import { startScene } from './scene.fixture.ts';
import type { Scene } from './scene.fixture.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await startScene();
});
afterAll(() => scene.stop());

const shop = { name: 'shop.tgz', bytes: Uint8Array.from([0, 255, 10, 13, 0]) };
const notes = { name: 'notes.json', bytes: Buffer.from('{"a":1}') };

describe('a kept build', () => {
  it('is fetched byte for byte, JSON included', async () => {
    const builds = createBuilds(scene.app);
    await builds.publish('build/1.8.0', scene.commit, [shop, notes]);
    expect(await builds.fetch('build/1.8.0', shop.name)).toEqual(new Uint8Array(shop.bytes));
    expect(await builds.fetch('build/1.8.0', notes.name)).toEqual(new Uint8Array(notes.bytes));
    expect(scene.repository.releases[0]).toMatchObject({ tagName: 'build/1.8.0', targetCommitish: scene.commit, prerelease: true, draft: false });
  });

  it('is whole before it is published, since a repository may lock what is published', async () => {
    scene.repository.immutableReleases = true;
    await createBuilds(scene.app).publish('build/1.8.9', scene.commit, [shop, notes]);
    scene.repository.immutableReleases = false;
    expect(scene.repository.releases.find(({ tagName }) => tagName === 'build/1.8.9')).toMatchObject({ draft: false, immutable: true, assets: [{ name: shop.name }, { name: notes.name }] });
  });

  it('is gone on with where an earlier try broke off', async () => {
    const remove = scene.simulator.faults.add({ when: ({ method, path }) => method === 'POST' && path.startsWith('/uploads/'), kind: 'server-error' });
    await expect(createBuilds(scene.app).publish('build/1.8.8', scene.commit, [shop])).rejects.toMatchObject({ code: 'server-error' });
    expect(await createBuilds(scene.app).fetch('build/1.8.8', shop.name), 'a draft is no build').toBeNull();
    remove();
    await createBuilds(scene.app).publish('build/1.8.8', scene.commit, [shop]);
    expect(scene.repository.releases.filter(({ tagName }) => tagName === 'build/1.8.8').map(({ draft, assets }) => [draft, assets.length])).toEqual([[false, 1]]);
  });

  it('is published twice without a change, and completed when a file is missing', async () => {
    const builds = createBuilds(scene.app);
    await builds.publish('build/1.8.1', scene.commit, [shop]);
    await builds.publish('build/1.8.1', scene.commit, [shop, notes]);
    const kept = scene.repository.releases.filter(({ tagName }) => tagName === 'build/1.8.1');
    expect(kept.map(({ assets }) => assets.map(({ name }) => name))).toEqual([['shop.tgz', 'notes.json']]);
  });

  it.each([
    ['the same length', Uint8Array.from([1, 255, 10, 13, 0])],
    ['another length', Uint8Array.from([0])],
  ])('is never replaced by other bytes of %s', async (_name, bytes) => {
    const builds = createBuilds(scene.app);
    await builds.publish('build/1.8.2', scene.commit, [shop]);
    await expect(builds.publish('build/1.8.2', scene.commit, [{ name: shop.name, bytes }])).rejects.toMatchObject({ code: 'refused' });
    expect(await builds.fetch('build/1.8.2', shop.name)).toEqual(shop.bytes);
  });

  it('is not put under a tag that stands at another commit', async () => {
    const { data } = await scene.ada.client.ask({
      route: 'POST /repos/{owner}/{repo}/git/commits',
      parameters: { owner: 'acme', repo: 'shop', message: 'other', tree: await treeOf(), parents: [scene.commit] },
      shape: made,
      why: 'to have another commit',
    });
    await createRef(scene.ada, { ref: 'refs/tags/build/1.8.3', sha: data.sha }, 'to take the name');
    await expect(createBuilds(scene.app).publish('build/1.8.3', scene.commit, [shop])).rejects.toMatchObject({ code: 'refused' });
    expect(scene.repository.releases.flatMap(({ tagName, assets }) => (tagName === 'build/1.8.3' ? assets : []))).toEqual([]);
  });

  it.each([
    ['release', 'build/9.9.9', shop.name],
    ['file', 'build/1.8.0', 'shop'],
  ])('that has no such %s is null', async (_name, release, file) => {
    expect(await createBuilds(scene.app).fetch(release, file)).toBeNull();
  });
});

const treeOf = (): Promise<string> => readTree(scene.ada, scene.commit);
