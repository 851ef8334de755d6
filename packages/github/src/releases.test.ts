import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { made } from './answers/commit.ts';
import { readTree } from './read-tree.ts';
import { createReleases } from './releases.ts';
import { publishRelease } from './publish-release.ts';
import { startScene } from './scene.fixture.ts';
import type { Scene } from './scene.fixture.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await startScene();
  scene.repository.immutableReleases = true;
});
afterAll(() => scene.stop());

const checkpoint = { name: 'sallyport-checkpoint-12', bytes: Buffer.from('a note\n') };
const of = (tag: string) => ({ tag, commit: scene.commit, body: 'what came with it', files: [checkpoint] });
const published = (tag: string) => scene.repository.releases.filter(({ tagName }) => tagName === tag).map(({ draft, prerelease, author, body, assets }) => ({ draft, prerelease, author: author.login, body, assets: assets.map(({ name }) => name) }));

describe('a release', () => {
  it('is no prerelease, holds its files, and is found the second time whatever would be said of it then', async () => {
    const releases = createReleases(scene.app);
    const { url } = await releases.publish(of('v1.8.0'));
    expect(await releases.publish({ ...of('v1.8.0'), body: 'later', files: [{ ...checkpoint, name: 'sallyport-checkpoint-13' }] })).toEqual({ url });
    expect(published('v1.8.0')).toEqual([{ draft: false, prerelease: false, author: 'sallyport-gatekeeper[bot]', body: 'what came with it', assets: [checkpoint.name] }]);
  });

  it('of somebody else does not stand in for it, and stays as it is', async () => {
    await publishRelease(scene.ada, { ...of('v1.8.1'), prerelease: false, files: [] });
    await expect(createReleases(scene.app).publish(of('v1.8.1'))).rejects.toMatchObject({ code: 'refused', retryable: false, message: expect.stringContaining('a release that ada made') as string });
    expect(published('v1.8.1')).toMatchObject([{ author: 'ada', assets: [] }]);
  });

  it('is not published under a tag that stands elsewhere', async () => {
    await scene.ada.client.ask({ route: 'POST /repos/{owner}/{repo}/git/refs', parameters: { owner: 'acme', repo: 'shop', ref: 'refs/tags/v1.8.2', sha: await anotherCommit() }, shape: z.unknown(), why: 'to take the name' });
    await expect(createReleases(scene.app).publish(of('v1.8.2'))).rejects.toMatchObject({ code: 'refused', message: expect.stringContaining('The tag v1.8.2 is at') as string });
    expect(published('v1.8.2')).toEqual([]);
  });
});

async function anotherCommit(): Promise<string> {
  const { data } = await scene.ada.client.ask({ route: 'POST /repos/{owner}/{repo}/git/commits', parameters: { owner: 'acme', repo: 'shop', message: 'other', tree: await readTree(scene.ada, scene.commit), parents: [scene.commit] }, shape: made, why: 'to have another commit' });
  return data.sha;
}
