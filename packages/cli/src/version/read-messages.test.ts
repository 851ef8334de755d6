import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readMessages } from './read-messages.ts';

let folder: string;
let clone: string;
const git = (...args: readonly string[]): string => execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...args], { cwd: clone, encoding: 'utf8' }).trim();
const commit = (...message: readonly string[]): string => {
  git('commit', '--quiet', '--allow-empty', ...message.flatMap((part) => ['-m', part]));
  return git('rev-parse', 'HEAD');
};

let released: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sallyport-messages-'));
  clone = folder;
  git('init', '--quiet', '--initial-branch=main', 'shop');
  clone = join(folder, 'shop');
  commit('feat: begin');
  released = commit('fix: it');
  commit('feat: more', 'BREAKING CHANGE: the old name is gone');
  commit('chore: tidy');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the messages since a release', () => {
  it('are those of the commits after it, newest first and whole', async () => {
    expect((await readMessages(clone, released)).map((message) => message.trim())).toEqual(['chore: tidy', 'feat: more\n\nBREAKING CHANGE: the old name is gone']);
  });

  it('are all where nothing was released, and none where the release is checked out', async () => {
    expect(await readMessages(clone, null)).toHaveLength(4);
    expect(await readMessages(clone, git('rev-parse', 'HEAD'))).toEqual([]);
  });

  it('are not known in a clone that does not hold the release, and it says what to fetch', async () => {
    git('clone', '--quiet', '--depth=1', `file://${clone}`, join(folder, 'shallow'));
    await expect(readMessages(join(folder, 'shallow'), released)).rejects.toThrow(/this clone does not hold it/);
  });

  it('are not known of a commit that does not lead on from the release', async () => {
    const head = git('rev-parse', 'HEAD');
    git('checkout', '--quiet', released);
    await expect(readMessages(clone, head)).rejects.toThrow(/this commit does not lead on from it/);
    git('checkout', '--quiet', 'main');
  });

  it('are not known outside a repository', async () => {
    for (const since of [null, released]) await expect(readMessages(folder, since)).rejects.toThrow(/no git repository/);
  });
});
