import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { made } from './answers/commit.ts';
import { readTree } from './read-tree.ts';
import type { Place } from './repository.ts';
import { createReleases } from './releases.ts';
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
    await scene.ada.client.ask({ route: 'POST /repos/{owner}/{repo}/releases', parameters: { owner: 'acme', repo: 'shop', tag_name: 'v1.8.1', target_commitish: scene.commit }, shape: z.unknown(), why: 'to take the name' });
    await expect(createReleases(scene.app).publish(of('v1.8.1'))).rejects.toMatchObject({ code: 'refused', retryable: false, message: expect.stringContaining('a release that ada made') as string });
    expect(published('v1.8.1')).toMatchObject([{ author: 'ada', assets: [] }]);
  });

  it('is not made of a draft that somebody else began', async () => {
    await draftOf('v1.8.3', scene.ada);
    await createReleases(scene.app).publish(of('v1.8.3'));
    expect(published('v1.8.3')).toMatchObject([{ draft: true, author: 'ada', assets: [] }, { draft: false, author: 'sallyport-gatekeeper[bot]', assets: [checkpoint.name] }]);
  });

  it('is not made of a draft of our own that somebody has put a file into', async () => {
    await put(await draftOf('v1.8.4', scene.app), 'shop.tgz');
    await createReleases(scene.app).publish(of('v1.8.4'));
    expect(published('v1.8.4')).toMatchObject([{ draft: true, assets: ['shop.tgz'] }, { draft: false, assets: [checkpoint.name] }]);
  });

  it('is not published with a file that somebody put there in between', async () => {
    await expect(createReleases(whileFilesAreKept(() => put(newest(), 'shop.tgz'))).publish(of('v1.8.5'))).rejects.toMatchObject({ code: 'refused', retryable: false, message: expect.stringContaining('put shop.tgz into the draft of v1.8.5') as string });
    expect(published('v1.8.5')).toMatchObject([{ draft: true, assets: [checkpoint.name, 'shop.tgz'] }]);
  });

  it('is not published under a tag that stands elsewhere', async () => {
    await tagElsewhere('v1.8.2');
    await expect(createReleases(scene.app).publish(of('v1.8.2'))).rejects.toMatchObject({ code: 'refused', message: expect.stringContaining('The tag v1.8.2 is at') as string });
    expect(published('v1.8.2')).toEqual([]);
  });

  it('is none of ours under a tag that was made elsewhere meanwhile', async () => {
    await expect(createReleases(whileFilesAreKept(() => tagElsewhere('v1.8.6'))).publish(of('v1.8.6'))).rejects.toMatchObject({ code: 'refused', message: expect.stringContaining('The tag v1.8.6 is at') as string });
  });

  it('is not found again when its tag was moved', async () => {
    const releases = createReleases(scene.app);
    await releases.publish(of('v1.8.7'));
    const { client, owner, repo } = scene.ada;
    await client.ask({ route: 'PATCH /repos/{owner}/{repo}/git/refs/{ref}', parameters: { owner, repo, ref: 'tags/v1.8.7', sha: await anotherCommit(), force: true }, shape: z.unknown(), why: 'to move the tag' });
    await expect(releases.publish(of('v1.8.7'))).rejects.toMatchObject({ code: 'refused', message: expect.stringContaining('The tag v1.8.7 is at') as string });
  });
});

async function anotherCommit(): Promise<string> {
  const { data } = await scene.ada.client.ask({ route: 'POST /repos/{owner}/{repo}/git/commits', parameters: { owner: 'acme', repo: 'shop', message: 'other', tree: await readTree(scene.ada, scene.commit), parents: [scene.commit] }, shape: made, why: 'to have another commit' });
  return data.sha;
}

async function tagElsewhere(tag: string): Promise<void> {
  const { client, owner, repo } = scene.ada;
  await client.ask({ route: 'POST /repos/{owner}/{repo}/git/refs', parameters: { owner, repo, ref: `refs/tags/${tag}`, sha: await anotherCommit() }, shape: z.unknown(), why: 'to take the name' });
}

/** The App's place, where something happens just after a file was put into a draft. */
function whileFilesAreKept(happens: () => Promise<void>): Place {
  const { client } = scene.app;
  const ask: typeof client.ask = async (question) => {
    const answer = await client.ask(question);
    if (question.why === `to keep ${checkpoint.name}`) await happens();
    return answer;
  };
  return { ...scene.app, client: { ...client, ask } };
}

/** Begins one by hand; gives its id. */
async function draftOf(tag: string, { client, owner, repo }: Place): Promise<number> {
  const { data } = await client.ask({ route: 'POST /repos/{owner}/{repo}/releases', parameters: { owner, repo, tag_name: tag, target_commitish: scene.commit, draft: true }, shape: z.looseObject({ id: z.int() }), why: 'to begin a release' });
  return data.id;
}

const newest = (): number => scene.repository.releases.at(-1)?.id ?? 0;

/** As anyone who may write can. */
async function put(release: number, name: string): Promise<void> {
  const { client } = scene.ada;
  await client.ask({ route: `POST ${scene.simulator.url}/uploads/repos/acme/shop/releases/${release}/assets{?name}`, parameters: { name, data: Buffer.from('evil'), headers: { 'content-type': 'application/gzip', 'content-length': 4 } }, shape: z.unknown(), why: 'to put a file there' });
}
