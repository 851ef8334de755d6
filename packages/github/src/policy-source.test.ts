import { createSettableClock, startSimulator } from '@sallyport/simulator';
import type { Simulator } from '@sallyport/simulator';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PolicySource } from '@sallyport/pipeline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { createGitHubClient } from './client.ts';
import { createPolicySource } from './policy-source.ts';

const text = 'version: 1\nrepository: acme/shop\n';
let dataDir: string;
let simulator: Simulator;
let sourceOf: (name: string) => PolicySource;
let writeFile: (name: string, path: string, content: string, branch: string) => Promise<void>;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'sallyport-policy-'));
  simulator = await startSimulator({ clock: createSettableClock({ at: Date.now() }), dataDir, actions: new Map(), workflows: 'ignore' });
  const { admin } = simulator;
  admin.createOrganization('acme');
  const ada = admin.createUser('ada');
  const client = createGitHubClient({ baseUrl: simulator.url, auth: { kind: 'token', token: admin.createToken(ada) }, userAgent: 'test', retries: 0 });
  for (const [name, files] of Object.entries({ shop: { '.github/sallyport.yml': text }, bare: { 'README.md': '# Bare\n' }, folder: { '.github/sallyport.yml/a': '' } })) {
    admin.setRole(await admin.createRepository({ owner: 'acme', name, author: ada, files }), ada, 'admin');
  }
  sourceOf = (repo) => createPolicySource({ client, owner: 'acme', repo });
  const named = z.looseObject({ sha: z.string() });
  writeFile = async (repo, path, content, branch) => {
    const ask = (route: string, parameters: object) => client.ask({ route, parameters: { owner: 'acme', repo, ...parameters }, shape: z.looseObject({ sha: z.string().optional(), object: named.optional() }), why: 'to write a file', safeToRepeat: true });
    const tip = (await ask('GET /repos/{owner}/{repo}/git/ref/{ref}', { ref: 'heads/main' })).data.object?.sha;
    const tree = (await ask('POST /repos/{owner}/{repo}/git/trees', { base_tree: tip, tree: [{ path, mode: '100644', type: 'blob', content }] })).data.sha;
    const commit = (await ask('POST /repos/{owner}/{repo}/git/commits', { message: 'Change', tree, parents: [tip] })).data.sha;
    await (branch === 'main' ? ask('PATCH /repos/{owner}/{repo}/git/refs/{ref}', { ref: 'heads/main', sha: commit }) : ask('POST /repos/{owner}/{repo}/git/refs', { ref: `refs/heads/${branch}`, sha: commit }));
  };
});
afterAll(async () => {
  await simulator.stop();
  await rm(dataDir, { recursive: true, force: true });
});

const heard = async (act: () => Promise<unknown>): Promise<readonly string[]> => {
  const paths: string[] = [];
  const stop = simulator.observe(({ method, path }) => paths.push(`${method} ${path}`));
  await act();
  stop();
  return paths;
};

describe('the policy file', () => {
  it('is read with one request, without naming a branch', async () => {
    expect(await sourceOf('shop').readPolicyFile()).toEqual({ path: '.github/sallyport.yml', text });
    expect(await heard(() => sourceOf('shop').readPolicyFile())).toEqual(['GET /repos/acme/shop/contents/.github/sallyport.yml']);
  });

  it('may be missing', async () => {
    expect(await sourceOf('bare').readPolicyFile()).toEqual({ path: '.github/sallyport.yml', text: null });
  });

  it('is not missing where the repository is', async () => {
    await expect(sourceOf('nothing').readPolicyFile()).rejects.toMatchObject({ code: 'not-found' });
  });

  it('has to be a file', async () => {
    await expect(sourceOf('folder').readPolicyFile()).rejects.toMatchObject({ code: 'refused', retryable: false });
  });

  it('of another branch is never read (L6)', async () => {
    await writeFile('shop', '.github/sallyport.yml', 'version: 1\nrepository: acme/elsewhere\n', 'change');
    expect((await sourceOf('shop').readPolicyFile()).text).toBe(text);
  });
});

describe('the commit of a policy', () => {
  it('is the tip of the default branch, while that holds exactly this text', async () => {
    await writeFile('shop', 'README.md', '# Shop\n', 'main');
    const commit = await sourceOf('shop').findCommit(text);
    expect(commit).toMatch(/^[0-9a-f]{40}$/);
    await writeFile('shop', '.github/sallyport.yml', `${text}# moved on\n`, 'main');
    await expect(sourceOf('shop').findCommit(text)).rejects.toMatchObject({ code: 'refused', retryable: true });
    expect(await sourceOf('shop').findCommit(`${text}# moved on\n`)).not.toBe(commit);
  });

  it('is none for a text that is nowhere', async () => {
    await expect(sourceOf('bare').findCommit(text)).rejects.toMatchObject({ retryable: true });
  });
});
