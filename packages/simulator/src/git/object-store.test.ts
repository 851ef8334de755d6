import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createBoundedCache } from './bounded-cache.ts';
import { createObjectStore, type ObjectStore } from './object-store.ts';
import { isAncestor, objectType, readRef, resolveCommit } from './objects.ts';
import { entryAt, listTree } from './read-tree.ts';
import { gitText, runGit } from './run-git.ts';
import { writeBlob, writeCommit, writeFiles, writeTree } from './write-objects.ts';

const identity = { GIT_AUTHOR_NAME: 'ada', GIT_AUTHOR_EMAIL: 'ada@example.invalid', GIT_AUTHOR_DATE: '1700000000 +0000', GIT_COMMITTER_NAME: 'ada', GIT_COMMITTER_EMAIL: 'ada@example.invalid', GIT_COMMITTER_DATE: '1700000000 +0000' };

let gitDir = '';
let objects: ObjectStore;

beforeEach(async () => {
  gitDir = await mkdtemp(join(tmpdir(), 'object-store-'));
  await runGit(gitDir, ['init', '--quiet', '--bare', '--initial-branch=main']);
  objects = createObjectStore(gitDir);
});
afterEach(async () => {
  await objects.close();
  await rm(gitDir, { recursive: true, force: true });
});

async function commit(message: string, parents: readonly string[] = []): Promise<string> {
  const tree = await writeTree(gitDir, null, await writeFiles(gitDir, { 'README.md': message, 'src/deep/a.js': '1', 'src/a file.js': '22' }), 'test');
  return writeCommit(gitDir, { tree, parents, message, identity });
}

describe('the object store', () => {
  it('finds an object written after it was asked for in vain', async () => {
    const absent = (await gitText(gitDir, ['hash-object', '--stdin'], { input: Buffer.from('late') }));
    expect(await objectType(objects, absent)).toBeNull();
    expect(await objects.read(absent)).toBeNull();
    await writeBlob(gitDir, Buffer.from('late'));
    expect(await objectType(objects, absent)).toBe('blob');
    expect((await objects.read(absent))?.bytes.toString()).toBe('late');
  });

  it('finds objects that came in a pack after it had started', async () => {
    const first = await commit('one');
    expect(await objectType(objects, first)).toBe('commit');
    const blob = await writeBlob(gitDir, Buffer.from('packed'));
    const name = await gitText(gitDir, ['pack-objects', '-q', join(gitDir, 'objects', 'pack', 'pack')], { input: Buffer.from(`${blob}\n`) });
    await runGit(gitDir, ['prune-packed']);
    expect(name).toMatch(/^[0-9a-f]{40}$/);
    expect((await objects.read(blob))?.bytes.toString()).toBe('packed');
  });

  it('follows refs as they are made, moved, packed and removed by others', async () => {
    const one = await commit('one');
    const two = await commit('two', [one]);
    expect(await readRef(objects, 'refs/heads/x')).toBeNull();
    await runGit(gitDir, ['update-ref', 'refs/heads/x', one]);
    expect(await readRef(objects, 'refs/heads/x')).toBe(one);
    await runGit(gitDir, ['update-ref', 'refs/heads/x', two]);
    expect(await resolveCommit(objects, 'x')).toBe(two);
    await runGit(gitDir, ['pack-refs', '--all']);
    expect(await readRef(objects, 'refs/heads/x')).toBe(two);
    await runGit(gitDir, ['update-ref', '-d', 'refs/heads/x']);
    expect(await readRef(objects, 'refs/heads/x')).toBeNull();
  });

  it('does not take a branch called refs/heads/x for the branch x', async () => {
    const one = await commit('one');
    await runGit(gitDir, ['update-ref', 'refs/heads/refs/heads/x', one]);
    expect(await readRef(objects, 'refs/heads/x')).toBeNull();
    await runGit(gitDir, ['update-ref', 'refs/heads/x', one]);
    expect(await readRef(objects, 'refs/heads/x')).toBe(one);
  });

  it('answers many questions at once, large and small, each its own', async () => {
    const sizes = [0, 1, 300_000, 5, 70_000, 2];
    const shas = await Promise.all(sizes.map((size) => writeBlob(gitDir, Buffer.alloc(size, 'x'))));
    const read = await Promise.all([...shas, 'f'.repeat(40)].map((sha) => objects.read(sha)));
    expect(read.map((object) => object?.bytes.length ?? null)).toEqual([...sizes, null]);
    expect(await objectType(objects, await commit('after'))).toBe('commit');
  });

  it('lists trees as git does, with sizes', async () => {
    const sha = await commit('one');
    const tree = await gitText(gitDir, ['rev-parse', `${sha}^{tree}`]);
    const listed = (await listTree(objects, tree, true)).map((entry) => `${entry.mode} ${entry.type} ${entry.sha} ${String(entry.sizeBytes ?? '-').padStart(7)}\t${entry.path}`);
    expect(listed.join('\n')).toBe(await gitText(gitDir, ['ls-tree', '-r', '-t', '-l', tree]));
    expect((await entryAt(objects, sha, 'src/deep/a.js'))?.sizeBytes).toBe(1);
    expect(await entryAt(objects, sha, 'src/none/a.js')).toBeNull();
    expect(await entryAt(objects, sha, 'README.md/a.js')).toBeNull();
  });

  it('does not keep that an absent commit is no ancestor', async () => {
    const one = await commit('one');
    const absent = 'f'.repeat(40);
    expect(await isAncestor(objects, one, absent)).toBe(false);
    const two = await commit('two', [one]);
    expect(await isAncestor(objects, one, two)).toBe(true);
    expect(await isAncestor(objects, two, one)).toBe(false);
    let asked = 0;
    const ask = (): Promise<string | null> => { asked += 1; return Promise.resolve(asked === 1 ? null : 'yes'); };
    expect([await objects.remember('q', ask), await objects.remember('q', ask), await objects.remember('q', ask), asked]).toEqual([null, 'yes', 'yes', 2]);
  });

  it('takes a line end in a revision for no question', async () => {
    expect(await objects.info(`refs/heads/x\ninfo refs/heads/y`)).toBeNull();
    expect(await objectType(objects, await commit('one'))).toBe('commit');
  });

  it('refuses questions once closed', async () => {
    const sha = await commit('one');
    await objects.info(sha);
    await objects.close();
    await expect(objects.info(sha)).rejects.toThrow('closed');
  });
});

describe('the bounded cache', () => {
  it('lets the longest unused go first and never passes its limit', () => {
    const cache = createBoundedCache<number>(3);
    for (const [key, weight] of [['a', 1], ['b', 1], ['c', 1]] as const) cache.set(key, weight, weight);
    cache.get('a');
    cache.set('d', 4, 1);
    cache.set('huge', 5, 4);
    expect(['a', 'b', 'c', 'd', 'huge'].map((key) => cache.get(key) !== undefined)).toEqual([true, false, true, true, false]);
  });
});
