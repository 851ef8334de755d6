import { execFileSync } from 'node:child_process';
import { checkpointPath, entryPath } from '@sallyport/ledger';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { unknown } from '@sallyport/gates';
import { createFetchFiles } from './fetch-files.ts';
import { createLedgerStore } from './ledger-store.ts';
import type { LedgerStoreOptions } from './ledger-store.ts';
import { of } from './repository.ts';
import { gitCommit, gitTree } from './answers/commit.ts';
import { startScene } from './scene.fixture.ts';
import type { Scene } from './scene.fixture.ts';

let scene: Scene;
let branch = 'ledger-0';
let made = 0;
beforeAll(async () => {
  scene = await startScene();
});
beforeEach(() => {
  made += 1;
  branch = `ledger-${made}`;
});
afterAll(() => scene.stop());

const fetchFiles = createFetchFiles({ access: () => scene.app.client.gitAccess(of(scene.app)), environment: process.env });
const withoutGit = () => Promise.resolve(unknown('git could not be run (ENOENT)'));
const store = (options: Partial<LedgerStoreOptions> = {}) => createLedgerStore(scene.app, { branch, blobs: new Map(), fetchFiles, ...options });

/** What is asked of GitHub meanwhile, without what is the same for every ledger. */
async function asked<T>(work: () => Promise<T>): Promise<{ readonly answer: T; readonly paths: readonly string[] }> {
  const paths: string[] = [];
  const stop = scene.simulator.beforeRequest(({ path }) => {
    paths.push(path);
  });
  try {
    return { answer: await work(), paths };
  } finally {
    stop();
  }
}
const filesOf = (texts: Readonly<Record<string, string>>): ReadonlyMap<string, Uint8Array> => new Map(Object.entries(texts).map(([path, text]) => [path, Buffer.from(text)]));
const first = filesOf({ [entryPath(0)]: '{"é":0}', [checkpointPath]: 'one\n' });
const second = filesOf({ [entryPath(1)]: '{"n":1}', [checkpointPath]: 'two\n' });
const textsOf = (entries: readonly Uint8Array[]): readonly string[] => entries.map((bytes) => Buffer.from(bytes).toString('utf8'));

describe('a ledger branch', () => {
  it('that does not exist is empty', async () => {
    expect(await store().read()).toEqual({ commit: null, checkpoint: null, entries: [] });
  });

  it('starts without history and keeps every byte', async () => {
    expect(await store().write(null, first, 'Start')).toBe('written');
    const files = await store().read();
    expect(textsOf(files.entries)).toEqual(['{"é":0}']);
    expect(files.checkpoint).toBe('one\n');
    const { data } = await scene.app.client.ask({ route: 'GET /repos/{owner}/{repo}/git/commits/{sha}', parameters: { ...of(scene.app), sha: files.commit }, shape: gitCommit, why: 'to see its parents' });
    expect(data['parents']).toEqual([]);
  });

  it('grows on top of what was read and keeps the earlier entries', async () => {
    await store().write(null, first, 'Start');
    const before = await store().read();
    expect(await store().write(before.commit, second, 'Append')).toBe('written');
    const after = await store().read();
    expect(textsOf(after.entries)).toEqual(['{"é":0}', '{"n":1}']);
    expect(after.checkpoint).toBe('two\n');
  });

  it('takes one of two writers that read the same state', async () => {
    await store().write(null, first, 'Start');
    const { commit } = await store().read();
    const other = filesOf({ [entryPath(1)]: '{"n":"other"}', [checkpointPath]: 'other\n' });
    const results = await Promise.all([store().write(commit, second, 'Append'), store().write(commit, other, 'Append')]);
    expect([...results].sort()).toEqual(['conflict', 'written']);
    const winner = results[0] === 'written' ? ['{"n":1}', 'two\n'] : ['{"n":"other"}', 'other\n'];
    const files = await store().read();
    expect([textsOf(files.entries)[1], files.checkpoint]).toEqual(winner);
  });

  it('refuses a writer who read before the last write, and keeps that write', async () => {
    await store().write(null, first, 'Start');
    const { commit } = await store().read();
    await store().write(commit, second, 'Append');
    expect(await store().write(commit, filesOf({ [entryPath(1)]: 'late', [checkpointPath]: 'late\n' }), 'Append late')).toBe('conflict');
    expect((await store().read()).checkpoint).toBe('two\n');
  });

  it('is started by one of two writers', async () => {
    const results = await Promise.all([store().write(null, first, 'Start'), store().write(null, filesOf({ [checkpointPath]: 'other' }), 'Start')]);
    expect([...results].sort()).toEqual(['conflict', 'written']);
  });

  it('is read up to the first gap', async () => {
    await store().write(null, filesOf({ [entryPath(0)]: '0', [entryPath(2)]: '2', 'entries/0/stray.txt': 'x', [checkpointPath]: 'c' }), 'Start');
    expect(textsOf((await store().read()).entries)).toEqual(['0']);
  });

  it('that a ruleset closes is an error, not a conflict', async () => {
    await store().write(null, first, 'Start');
    const { commit } = await store().read();
    const at = scene.simulator.clock.now();
    scene.repository.rulesets.push({ id: 8, name: 'closed', target: 'branch', enforcement: 'active', bypassActors: [], conditions: { include: [`refs/heads/${branch}`], exclude: [] }, rules: [{ type: 'update' }], createdAt: at, updatedAt: at });
    await expect(store().write(commit, second, 'Append')).rejects.toMatchObject({ code: 'refused' });
    scene.repository.rulesets.length = 0;
  });

  it('does not ask again for blobs it has read', async () => {
    await store().write(null, first, 'Start');
    const cached = store();
    await cached.read();
    const { paths } = await asked(() => cached.read());
    expect(paths.length).toBeGreaterThan(0);
    expect(paths.filter((path) => path.includes('/git/blobs/'))).toEqual([]);
  });
});

const count = 60;
const many = filesOf({ ...Object.fromEntries(Array.from({ length: count }, (_, index) => [entryPath(index), `{"é":${index}}\n`])), [checkpointPath]: 'sixty\n' });

describe('a ledger of many entries', () => {
  const withBytes = new Map([...many, [entryPath(7), Uint8Array.of(0xff, 0x0a, 0x00, 0x0a)]]);

  it('is fetched by git at once, byte for byte what single questions give', async () => {
    await store().write(null, withBytes, 'Start');
    const fetched = await asked(() => store().read());
    expect(fetched.paths.filter((path) => path.includes('/git/blobs/'))).toEqual([]);
    expect(fetched.paths.filter((path) => path.endsWith('/git-upload-pack'))).not.toEqual([]);
    const one = await asked(() => store({ fetchFiles: withoutGit }).read());
    expect(one.paths.filter((path) => path.includes('/git/blobs/'))).toHaveLength(count + 1);
    expect(fetched.answer.entries.map((bytes) => [...bytes])).toEqual(one.answer.entries.map((bytes) => [...bytes]));
    expect(fetched.answer).toMatchObject({ commit: one.answer.commit, checkpoint: 'sixty\n' });
    expect(fetched.answer.entries).toHaveLength(count);
  });

  it('is not fetched again for what came since', async () => {
    await store().write(null, many, 'Start');
    const kept = store();
    const { commit } = await kept.read();
    await store().write(commit, filesOf({ [entryPath(count)]: 'new', [checkpointPath]: 'more\n' }), 'Append');
    const { answer, paths } = await asked(() => kept.read());
    expect(textsOf(answer.entries).at(-1)).toBe('new');
    expect(paths.filter((path) => path.includes('/git/blobs/'))).toHaveLength(2);
    expect(paths.filter((path) => path.includes('upload-pack'))).toEqual([]);
  });

  it('is read whole although GitHub lists it in part, and not at all without git', async () => {
    await store().write(null, many, 'Start');
    const { commit } = await store().read();
    const { data } = await scene.app.client.ask({ route: 'GET /repos/{owner}/{repo}/git/trees/{tree_sha}', parameters: { ...of(scene.app), tree_sha: commit }, shape: gitTree, why: 'to list it in part' });
    scene.repository.truncatedTrees.add(data.sha).add(commit ?? '');
    expect((await store().read()).entries).toHaveLength(count);
    await expect(store({ fetchFiles: withoutGit }).read()).rejects.toMatchObject({ code: 'malformed-answer', message: expect.stringContaining('git could not be run (ENOENT)') as string });
    scene.repository.truncatedTrees.clear();
  });
});

describe('what lies on the branch in place of a file', () => {
  /** Puts what is at `path` there as something else, with the same bytes, by git itself. */
  function changeMode(path: string, mode: '120000' | '100755'): void {
    const { gitDir } = scene.repository;
    const tip = `refs/heads/${branch}`;
    const git = (...args: readonly string[]): string => execFileSync('git', ['--git-dir', gitDir, ...args], { env: { PATH: process.env['PATH'], HOME: gitDir, GIT_CONFIG_NOSYSTEM: '1', GIT_INDEX_FILE: `${gitDir}/index-${branch}`, ...writer }, encoding: 'utf8' }).trim();
    git('read-tree', tip);
    git('update-index', '--cacheinfo', `${mode},${git('rev-parse', `${tip}:${path}`)},${path}`);
    git('update-ref', tip, git('commit-tree', git('write-tree'), '-p', tip, '-m', 'Put something else there'));
    expect(git('ls-tree', tip, path).split(' ')[0]).toBe(mode);
  }
  const writer = Object.fromEntries(['AUTHOR', 'COMMITTER'].flatMap((role) => [[`GIT_${role}_NAME`, 'mallory'], [`GIT_${role}_EMAIL`, 'mallory@example.invalid']]));

  it.each<[string, Partial<LedgerStoreOptions>, string]>([
    ['fetched by git', {}, 'upload-pack'],
    ['asked for one by one', { fetchFiles: withoutGit }, '/git/blobs/'],
  ])('a link or a program is no entry and no checkpoint, even with the same bytes: %s', async (_name, options, path) => {
    // By somebody else's client: each keeps to a pace of writes, and the gatekeeper's has made its share above.
    await createLedgerStore(scene.ada, { branch, blobs: new Map(), fetchFiles }).write(null, many, 'Start');
    const read = async () => {
      const { answer, paths } = await asked(() => store(options).read());
      expect(paths.some((one) => one.includes(path))).toBe(true);
      return { entries: answer.entries.length, checkpoint: answer.checkpoint };
    };
    expect(await read()).toEqual({ entries: count, checkpoint: 'sixty\n' });
    changeMode(entryPath(56), '100755');
    expect(await read(), 'what follows a gap is no part of it').toEqual({ entries: 56, checkpoint: 'sixty\n' });
    changeMode(entryPath(54), '120000');
    expect(await read()).toEqual({ entries: 54, checkpoint: 'sixty\n' });
    changeMode(checkpointPath, '120000');
    expect(await read()).toEqual({ entries: 54, checkpoint: null });
  });
});
