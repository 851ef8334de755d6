import { checkpointPath, entryPath } from '@sallyport/ledger';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createLedgerStore } from './ledger-store.ts';
import { of } from './repository.ts';
import { gitCommit } from './answers/commit.ts';
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

const store = () => createLedgerStore(scene.app, { branch, blobs: new Map() });
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
    const cached = createLedgerStore(scene.app, { branch, blobs: new Map() });
    await cached.read();
    const asked: string[] = [];
    const stop = scene.simulator.beforeRequest(({ path }) => {
      asked.push(path);
    });
    await cached.read();
    stop();
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.filter((path) => path.includes('/git/blobs/'))).toEqual([]);
  });
});
