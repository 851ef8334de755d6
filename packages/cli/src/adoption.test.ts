import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createSettableClock, startSimulator } from '@sallyport/simulator';
import type { Repository, Simulator } from '@sallyport/simulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runProgram } from './run-program.ts';
import { testIo } from './testing/test-io.ts';
import type { Io } from './io.ts';

const ci = 'name: ci\non: pull_request\npermissions: { contents: read }\njobs:\n  unit: { runs-on: ubuntu-24.04, steps: [{ run: npm test }] }\n';
const workflows = join(import.meta.dirname, '../../../workflows');

let folder: string;
let simulator: Simulator;
let shop: Repository;
let token: string;
let writerToken: string;

const clone = (): string => join(folder, 'clone');
/** Not the call that waits: the simulator answers from this process. */
const execute = promisify(execFile);
const git = (cwd: string, ...args: readonly string[]) => execute('git', ['-c', 'user.name=Olga', '-c', 'user.email=olga@example.com', ...args], { cwd, env: { PATH: process.env['PATH'], HOME: folder, GIT_CONFIG_NOSYSTEM: '1', GIT_TERMINAL_PROMPT: '0' } });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sallyport-adoption-'));
  await cp(workflows, join(folder, 'material', 'workflows'), { recursive: true, filter: (path) => !path.includes('issue-forms') });
  await cp(join(workflows, 'issue-forms'), join(folder, 'material', 'issue-forms'), { recursive: true });
  simulator = await startSimulator({ clock: createSettableClock({ at: Date.now() }), dataDir: join(folder, 'github'), actions: new Map(), workflows: 'ignore', contract: true });
  const { admin } = simulator;
  const [olga, wim] = [admin.createUser('olga'), admin.createUser('wim')];
  admin.createOrganization('acme', { owners: [olga] });
  admin.createTeam('acme', 'security-leads', [wim]);
  shop = await admin.createRepository({ owner: 'acme', name: 'shop', author: olga, files: { '.github/workflows/ci.yml': ci, 'package.json': '{ "name": "shop", "version": "1.0.0", "scripts": { "test": "node --test", "build": "mkdir -p dist && cp *.js dist" } }', 'package-lock.json': '{}' } });
  admin.setRole(shop, olga, 'admin');
  admin.setRole(shop, wim, 'write');
  [token, writerToken] = [admin.createToken(olga), admin.createToken(wim)];
  await git(folder, 'clone', '--quiet', simulator.gitUrl(shop, token), clone());
});
afterAll(async () => {
  expect(simulator.contractMismatches()).toEqual([]);
  await simulator.stop();
  await rm(folder, { recursive: true, force: true });
});

async function sallyport(argv: readonly string[], changes: Partial<Io> = {}) {
  const io = testIo({ env: { GITHUB_TOKEN: token, GITHUB_REPOSITORY: 'acme/shop', GITHUB_API_URL: simulator.url }, cwd: clone(), now: () => Date.now(), demoFolder: join(folder, 'material'), ...changes });
  return { code: await runProgram(argv, io), out: io.out(), err: io.err() };
}

async function github(method: string, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(`${simulator.url}${path}`, { method, headers: { authorization: `Bearer ${token}`, accept: 'application/vnd.github+json' }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return response.status === 204 ? null : response.json();
}

/** What a person does in a browser, from the page of the command to the installed App. */
async function browse(address: string): Promise<{ readonly begin: string; readonly created: string }> {
  const signedIn = { authorization: `Bearer ${token}` };
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  const begin = await (await fetch(address)).text();
  const unescape = (text: string): string => text.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
  const [, action = ''] = /action="([^"]*)"/.exec(begin) ?? [];
  const [, manifest = ''] = /name="manifest" value="([^"]*)"/.exec(begin) ?? [];
  const sent = await fetch(unescape(action), { method: 'POST', redirect: 'manual', headers: { ...signedIn, ...form }, body: new URLSearchParams({ manifest: unescape(manifest) }).toString() });
  const created = await (await fetch(sent.headers.get('location') ?? '')).text();
  const [, install = ''] = /href="([^"]*installations\/new)"/.exec(created) ?? [];
  await fetch(unescape(install), { method: 'POST', headers: { ...signedIn, ...form }, body: new URLSearchParams({ repository: 'acme/shop' }).toString() });
  return { begin, created };
}

describe('a team adopts Sallyport', () => {
  it('doctor says before it that nothing is there', async () => {
    const { code, out } = await sallyport(['doctor', '--json']);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ level: 'advisory', app: null, weaknesses: [{ code: 'policy-missing' }] });
  });

  it('init writes the files', async () => {
    expect((await sallyport(['init', '--yes', '--security-leads', 'acme/security-leads', '--deploy', './deploy.sh'])).code).toBe(0);
  });

  it('setup app makes the App with a browser, and keeps no key', async () => {
    const pages: ReturnType<typeof browse>[] = [];
    const follow = (text: string): void => {
      const address = /http:\/\/127\.0\.0\.1:\d+\/(?=\s)/.exec(text)?.[0];
      if (address !== undefined && pages.length === 0) pages.push(browse(address));
    };
    const io = testIo({ env: { GITHUB_TOKEN: token, GITHUB_REPOSITORY: 'acme/shop', GITHUB_API_URL: simulator.url }, cwd: clone(), now: () => Date.now() });
    const code = await runProgram(['setup', 'app'], { ...io, stderr: (text) => {
      io.stderr(text);
      follow(text);
    } });
    expect([code, io.err()]).toEqual([0, expect.stringContaining('installed') as string]);
    expect(io.out()).toContain('Next: sallyport setup plan --app sallyport-shop');
    expect(io.out() + io.err()).not.toContain('PRIVATE KEY');
    const [shown] = await Promise.all(pages);
    expect(shown?.begin).toContain('<td>contents</td><td>write</td>');
    expect(shown?.created).toContain('sallyport-shop was created');
    expect([...(shop.environments.get('sallyport')?.secrets.values.keys() ?? [])].sort()).toEqual(['SALLYPORT_APP_ID', 'SALLYPORT_APP_KEY', 'SALLYPORT_LEDGER_KEY']);
    expect(await readFile(join(clone(), '.github/sallyport.yml'), 'utf8')).toMatch(/keys: \["github\.com\/acme\/shop\/sallyport\+/);
  });

  it('the files are pushed', async () => {
    await writeFile(join(clone(), 'deploy.sh'), '#!/bin/sh\n');
    await git(clone(), 'add', '-A');
    await git(clone(), 'commit', '-q', '-m', 'Adopt Sallyport');
    await git(clone(), 'push', '-q', 'origin', 'HEAD:main');
  });

  it('setup plan shows what is missing, and changes nothing', async () => {
    const first = await sallyport(['setup', 'plan', '--app', 'sallyport-shop']);
    expect([first.code, first.err]).toEqual([4, '']);
    expect(first.out).toContain('+ environment production: will be made\n    + admits tags promote/production/*');
    expect(first.out).toContain('✓ environment sallyport: as it should be');
    expect((await sallyport(['setup', 'plan', '--app', 'sallyport-shop'])).out).toBe(first.out);
    expect(shop.rulesets).toEqual([]);
  });

  it('setup apply asks first, and refuses to answer for itself', async () => {
    const { code, err } = await sallyport(['setup', 'apply', '--app', 'sallyport-shop']);
    expect([code, err]).toEqual([2, expect.stringContaining('Nothing was changed.') as string]);
    expect(shop.rulesets).toEqual([]);
  });

  it('setup apply makes the lock, and finds nothing to do the second time', async () => {
    const first = await sallyport(['setup', 'apply', '--app', 'sallyport-shop', '--yes']);
    expect([first.code, first.out]).toEqual([0, expect.stringContaining('Next: sallyport doctor') as string]);
    const again = await sallyport(['setup', 'apply', '--yes', '--json']);
    expect([again.code, JSON.parse(again.out)]).toEqual([0, { schema: 1, repository: 'acme/shop', changed: [], open: [] }]);
  });

  it('doctor says locked, and nothing else', async () => {
    for (const [name, secret] of [['staging', 'one'], ['production', 'two']] as const) simulator.admin.setSecret(shop, 'DEPLOY_TOKEN', secret, name);
    const { code, out } = await sallyport(['doctor', '--app', 'sallyport-shop']);
    expect(out).toContain('acme/shop: locked, gatekeeper sallyport-shop');
    expect([code, out]).toEqual([0, expect.stringContaining('✓ Nothing found.') as string]);
  });

  it('a writer is told what that token does not show, and not that it is fine', async () => {
    const { code, out } = await sallyport(['doctor', '--json'], { env: { GITHUB_TOKEN: writerToken, GITHUB_REPOSITORY: 'acme/shop', GITHUB_API_URL: simulator.url } });
    expect(code).not.toBe(0);
    expect((JSON.parse(out) as { level: string }).level).not.toMatch(/^(?:double-)?locked$/);
  });
});
