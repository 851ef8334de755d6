import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFixture, type Answer, type Fixture } from '../../simulator-fixture.ts';

let fixture: Fixture;
beforeAll(async () => {
  fixture = await startFixture();
});
afterAll(async () => {
  const mismatches = fixture.simulator.contractMismatches();
  await fixture.stop();
  expect(mismatches).toEqual([]);
});

const git = '/repos/acme/shop/git';
const post = (path: string, body: unknown): Promise<Answer> => fixture.call(fixture.tokens.author, 'POST', path, body);
const get = (path: string): Promise<Answer> => fixture.call(fixture.tokens.author, 'GET', path);
const shaOf = (answer: Answer): string => (answer.json as { sha: string }).sha;
const missing = '0123456789abcdef0123456789abcdef01234567';

describe('git objects through REST', () => {
  it('make a commit on an orphan branch from a blob and a tree, readable as contents', async () => {
    const blob = await post(`${git}/blobs`, { content: Buffer.from('entry\n').toString('base64'), encoding: 'base64' });
    expect((await get(`${git}/blobs/${shaOf(blob)}`)).json).toMatchObject({ content: 'ZW50cnkK\n', encoding: 'base64', size: 6 });
    const tree = await post(`${git}/trees`, { tree: [{ path: 'entries/0.json', mode: '100644', type: 'blob', sha: shaOf(blob) }] });
    expect(tree.status).toBe(201);
    const commit = await post(`${git}/commits`, { message: 'First entry', tree: shaOf(tree), parents: [] });
    expect(commit.json).toMatchObject({ parents: [], author: { name: 'ada', date: '2026-11-18T09:00:00Z' } });
    expect((await post(`${git}/refs`, { ref: 'refs/heads/ledger', sha: shaOf(commit) })).status).toBe(201);
    expect((await get('/repos/acme/shop/contents/entries/0.json?ref=ledger')).json).toMatchObject({ type: 'file', content: 'ZW50cnkK\n' });
    expect((await get('/repos/acme/shop/contents/entries?ref=ledger')).json).toMatchObject([{ type: 'file', path: 'entries/0.json' }]);
    expect((await get('/repos/acme/shop/contents/?ref=ledger')).json).toMatchObject([{ type: 'dir', path: 'entries' }]);
  });

  it('lay new files over a base tree and remove those given as null', async () => {
    const main = await get(`${git}/trees/main?recursive=1`);
    expect((main.json as { tree: { path: string }[] }).tree.map((entry) => entry.path)).toEqual(['README.md', 'src', 'src/app.js']);
    const made = await post(`${git}/trees`, { base_tree: shaOf(main), tree: [{ path: 'README.md', mode: '100644', type: 'blob', sha: null }, { path: 'b.txt', mode: '100644', type: 'blob', content: 'b' }] });
    expect((made.json as { tree: { path: string }[] }).tree.map((entry) => entry.path)).toEqual(['b.txt', 'src']);
  });

  it('move a branch forward, and back only when forced', async () => {
    const tip = (await get(`${git}/ref/heads/main`)).json as { object: { sha: string } };
    const first = tip.object.sha;
    await post(`${git}/refs`, { ref: 'refs/heads/moving', sha: first });
    const tree = shaOf(await get(`${git}/trees/main`));
    const second = shaOf(await post(`${git}/commits`, { message: 'Second', tree, parents: [first] }));
    const patch = (body: unknown): Promise<Answer> => fixture.call(fixture.tokens.author, 'PATCH', `${git}/refs/heads/moving`, body);
    expect((await patch({ sha: second })).json).toMatchObject({ ref: 'refs/heads/moving', object: { sha: second, type: 'commit' } });
    expect(await patch({ sha: first })).toMatchObject({ status: 422, json: { message: 'Update is not a fast forward' } });
    expect((await patch({ sha: first, force: true })).status).toBe(200);
    expect((await fixture.call(fixture.tokens.author, 'DELETE', `${git}/refs/heads/moving`)).status).toBe(204);
    expect((await get(`${git}/ref/heads/moving`)).status).toBe(404);
  });

  it.each<[string, string, unknown, string]>([
    ['a ref to an object that is not there', 'refs', { ref: 'refs/heads/x', sha: missing }, 'Object does not exist'],
    ['a ref outside heads and tags', 'refs', { ref: 'refs/pull/1/head', sha: missing }, 'Reference name must start'],
    ['a commit of a tree that is not there', 'commits', { message: 'x', tree: missing }, 'Tree SHA does not exist'],
    ['a tree over a base that is not there', 'trees', { base_tree: missing, tree: [] }, 'base_tree is not a valid tree oid'],
  ])('refuse %s', async (_, path, body, message) => {
    const answer = await post(`${git}/${path}`, body);
    expect(answer.status).toBe(422);
    expect((answer.json as { message: string }).message).toContain(message);
  });

  it.each(['blobs', 'commits', 'tags', 'trees'])('find no %s under an unknown SHA', async (kind) => {
    expect((await get(`${git}/${kind}/${missing}`)).status).toBe(404);
  });
});
