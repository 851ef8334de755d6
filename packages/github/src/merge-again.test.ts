import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { createGitHubClient } from './client.ts';
import { basicAuthorization } from './git-access.ts';
import type { GitAccess } from './git-access.ts';
import { createMergeAgain } from './merge-again.ts';
import type { Merge } from './merge-again.ts';
import { name, startScene } from './scene.fixture.ts';
import type { Scene } from './scene.fixture.ts';

const sha = z.looseObject({ sha: z.string() });

let scene: Scene;
let folder: string;
let token: string;
let access: GitAccess;
let merge: Merge;
let conflict: Merge;
let together: string;

async function post(path: string, body: unknown): Promise<string> {
  const answer = await fetch(`${scene.simulator.url}/repos/acme/shop${path}`, { method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, body: JSON.stringify(body) });
  return sha.parse(await answer.json()).sha;
}

const treeOf = (base: string, files: Readonly<Record<string, string>>): Promise<string> => post('/git/trees', { base_tree: base, tree: Object.entries(files).map(([path, content]) => ({ path, mode: '100644', type: 'blob', content })) });
const commitOn = async (parent: string, files: Readonly<Record<string, string>>): Promise<string> => post('/git/commits', { message: 'Change', tree: await treeOf(parent, files), parents: [parent] });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'merge-again-test-'));
  scene = await startScene();
  token = scene.simulator.admin.createToken(scene.people.ada);
  access = { url: `${scene.simulator.url}/acme/shop.git`, authorization: basicAuthorization(token) };
  const fromBase = scene.commit;
  const [from, onto] = [await commitOn(fromBase, { 'change.txt': 'c\n' }), await commitOn(fromBase, { 'main.txt': 'm\n' })];
  merge = { from, fromBase, onto };
  conflict = { from, fromBase, onto: await commitOn(fromBase, { 'change.txt': 'other\n' }) };
  together = await treeOf(onto, { 'change.txt': 'c\n' });
});
afterAll(async () => {
  await scene.stop();
  await rm(folder, { recursive: true, force: true });
});

const path = process.env['PATH'] ?? '';
const again = ({ url = access.url, authorization = access.authorization }: Partial<GitAccess> = {}, environment: Readonly<Record<string, string>> = { PATH: path }, timeoutMilliseconds = 20_000): ReturnType<typeof createMergeAgain> =>
  createMergeAgain({ access: () => Promise.resolve({ known: { url, authorization } }), environment, timeoutMilliseconds });

/** A folder whose `git` is this script. */
async function gitThat(script: string): Promise<string> {
  const place = await mkdtemp(join(folder, 'git-'));
  await writeFile(join(place, 'git'), `#!/bin/sh\n${script}\n`);
  await chmod(join(place, 'git'), 0o755);
  return place;
}

describe('a merge made again', () => {
  it('gives the tree of both sides, or none where they conflict', async () => {
    expect(await again()(merge)).toEqual({ known: together });
    expect(await again()(conflict)).toEqual({ known: null });
  });

  it('is read with the token of an App’s installation', async () => {
    const granted = await scene.app.client.gitAccess({ owner: name.owner, repo: name.name });
    expect(await createMergeAgain({ access: () => Promise.resolve(granted), environment: { PATH: path } })(merge)).toEqual({ known: together });
  });

  it('runs no hook, filter or merge driver of whoever runs it', async () => {
    const home = await mkdtemp(join(folder, 'home-'));
    await writeFile(join(home, '.gitconfig'), `[merge "ours"]\n\tdriver = touch ${join(home, 'ran')}\n[core]\n\thooksPath = ${home}\n[url "https://elsewhere.invalid/"]\n\tinsteadOf = ${scene.simulator.url}/\n`);
    expect(await again({}, { PATH: path, HOME: home, GIT_CONFIG_GLOBAL: join(home, '.gitconfig'), GIT_DIR: home })(merge)).toEqual({ known: together });
  });
});

describe('what could not be merged again is unknown', () => {
  it.each<[string, () => Promise<ReturnType<typeof createMergeAgain>>, RegExp]>([
    ['where git is missing', async () => again({}, { PATH: await mkdtemp(join(folder, 'none-')) }), /git could not be run \(ENOENT\)/],
    ['where git is too old to merge without files', async () => again({}, { PATH: `${await gitThat(`[ "$1" = merge-tree ] && { echo 'usage: git merge-tree' >&2; exit 129; }\nPATH='${path}' exec git "$@"`)}:${path}` }), /129 \(git 2\.38 or later is needed\): usage/],
    ['where git does not end', async () => again({}, { PATH: await gitThat('exec /bin/sleep 20') }, 200), /git init did not end within 0\.2 s/],
    ['where the token is refused', () => Promise.resolve(again({ authorization: basicAuthorization('ghp_wrong') })), /git fetch ended with 128/],
    ['where there is no such repository', () => Promise.resolve(again({ url: `${scene.simulator.url}/acme/nothing.git` })), /git fetch ended with 128/],
    ['where nobody answers', () => Promise.resolve(again({ url: 'http://127.0.0.1:9/acme/shop.git' })), /git fetch ended with 128/],
  ])('%s', async (_name, made, reason) => {
    const fact = await (await made())(merge);
    expect(fact).toEqual({ unknown: expect.stringMatching(reason) as string });
    expect(JSON.stringify(fact)).not.toContain(token);
    expect(JSON.stringify(fact)).not.toContain(basicAuthorization(token));
  });

  it('where a commit is not there, or is no object id', async () => {
    expect(await again()({ ...merge, onto: 'dead'.repeat(10) })).toEqual({ unknown: expect.stringContaining('git fetch ended') as string });
    expect(await again()({ ...merge, from: '--upload-pack=touch' })).toEqual({ unknown: expect.stringContaining('no full object id') as string });
  });
});

describe('the credential', () => {
  it('is on no command line, in no log line, and nothing else of the caller’s reaches git', async () => {
    const log = join(folder, 'commands');
    const place = await gitThat(`echo "$@" >> '${log}'\n/usr/bin/env >> '${log}.env'\nPATH='${path}' exec git "$@"`);
    const lines: string[] = [];
    const client = createGitHubClient({ baseUrl: scene.simulator.url, auth: { kind: 'token', token }, userAgent: 'test', log: (line) => lines.push(line) });
    const environment = { PATH: `${place}:${path}`, GITHUB_TOKEN: 'ghs_of_the_job', GIT_TRACE: '1', GIT_CURL_VERBOSE: '1', GIT_SSH_COMMAND: 'touch' };
    expect(await createMergeAgain({ access: () => client.gitAccess({ owner: name.owner, repo: name.name }), environment })(merge)).toEqual({ known: together });
    const commands = await readFile(log, 'utf8');
    expect(commands).toContain('fetch');
    const secret = basicAuthorization(token).slice('Basic '.length);
    for (const text of [commands, lines.join('\n')]) for (const part of [token, secret]) expect(text).not.toContain(part);
    const given = await readFile(`${log}.env`, 'utf8');
    expect(given).toContain(secret);
    expect(given).not.toMatch(/ghs_of_the_job|GIT_TRACE|GIT_CURL_VERBOSE|GIT_SSH_COMMAND/);
  });
});
