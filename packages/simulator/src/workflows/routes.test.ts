import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createSettableClock } from '../settable-clock.ts';
import { startSimulator, type Simulator } from '../start-simulator.ts';
import type { Repository } from '../world/world.ts';

let dataDir: string;
let simulator: Simulator;
let repository: Repository;
let token: string;
let sha: string;
/** Differences from GitHub's description that a test means to make. */
let meant: readonly object[] = [];

beforeEach(async () => {
  meant = [];
  dataDir = await mkdtemp(join(tmpdir(), 'sallyport-routes-'));
  simulator = await startSimulator({ clock: createSettableClock({ at: Date.parse('2026-11-25T18:00:00Z'), frozen: true }), dataDir, actions: new Map(), workflows: 'ignore', contract: true });
  const author = simulator.admin.createUser('ada');
  simulator.admin.createOrganization('acme');
  token = simulator.admin.createToken(author);
  repository = await simulator.admin.createRepository({ owner: 'acme', name: 'shop', files: { 'README.md': 'x\n' }, author });
  simulator.admin.setRole(repository, author, 'write');
  const { app } = simulator.admin.createApp({ slug: 'gatekeeper', permissions: {} });
  for (const [name, permissions] of [['ghs_checks', { checks: 'write' }], ['ghs_contents', { contents: 'write' }]] as const) simulator.world.tokens.set(name, { kind: 'installation', app: app.id, permissions, expiresAt: simulator.clock.now() + 3_600_000 });
  sha = ((await api('GET', '/git/ref/heads/main')).json['object'] as { sha: string }).sha;
});

afterEach(async () => {
  const mismatches = simulator.contractMismatches();
  await simulator.stop();
  await rm(dataDir, { recursive: true, force: true });
  expect(mismatches).toMatchObject(meant);
  expect(mismatches).toHaveLength(meant.length);
});

type Answer = { readonly status: number; readonly json: Record<string, unknown> };
async function api(method: string, path: string, body?: unknown, bearer = token): Promise<Answer> {
  const response = await fetch(`${simulator.url}/repos/acme/shop${path}`, { method, headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  return { status: response.status, json: (await response.json()) as Record<string, unknown> };
}

it('lets only an App write checks, each its own, and shows the newest of a name', async () => {
  const body = { name: 'sallyport/merge', head_sha: sha, status: 'in_progress', external_id: 'sha256:1', output: { title: 'Waiting', summary: 'one approval is missing' } };
  expect((await api('POST', '/check-runs', body)).status).toBe(403);
  expect((await api('POST', '/check-runs', body, 'ghs_contents')).status).toBe(403);
  const created = await api('POST', '/check-runs', body, 'ghs_checks');
  expect(created).toMatchObject({ status: 201, json: { status: 'in_progress', conclusion: null, output: { title: 'Waiting' } } });
  const id = String(created.json['id']);
  expect((await api('PATCH', `/check-runs/${id}`, { conclusion: 'success', output: { title: 'Allowed', summary: 'fine' } }, 'ghs_checks')).json).toMatchObject({ status: 'completed', conclusion: 'success', completed_at: '2026-11-25T18:00:00Z' });
  await api('POST', '/check-runs', { ...body, status: 'completed', conclusion: 'failure' }, 'ghs_checks');
  expect((await api('GET', `/commits/${sha}/check-runs?check_name=sallyport%2Fmerge`)).json).toMatchObject({ total_count: 1, check_runs: [{ conclusion: 'failure' }] });
  expect((await api('GET', `/commits/main/check-runs?filter=all`)).json).toMatchObject({ total_count: 2 });
  expect((await api('GET', `/check-runs/${id}`)).json).toMatchObject({ external_id: 'sha256:1' });
});

it('refuses a check on a commit that is not there', async () => {
  expect((await api('POST', '/check-runs', { name: 'x', head_sha: '0'.repeat(40) }, 'ghs_checks')).status).toBe(422);
  // GitHub answers so; its description forgets the status for this operation.
  meant = [{ operationId: 'checks/create', message: 'the description has no status 422 here' }];
});

it('keeps every status of a commit and combines the newest of each context', async () => {
  for (const [context, state] of [['ci', 'pending'], ['lint', 'success'], ['ci', 'success']] as const) expect((await api('POST', `/statuses/${sha}`, { state, context, target_url: 'https://ci.example/1', description: 'x' })).status).toBe(201);
  expect((await api('GET', `/commits/${sha}/statuses`)).json).toMatchObject([{ context: 'ci', state: 'success', creator: { login: 'ada' } }, { context: 'lint' }, { context: 'ci', state: 'pending' }]);
  expect((await api('GET', '/commits/main/status')).json).toMatchObject({ state: 'success', total_count: 2, sha });
});

it('makes a release with its tag, keeps assets with their digest and gives the bytes back', async () => {
  const created = await api('POST', '/releases', { tag_name: 'build/1.2.0', target_commitish: sha, name: '1.2.0', prerelease: true });
  expect(created).toMatchObject({ status: 201, json: { tag_name: 'build/1.2.0', prerelease: true, draft: false } });
  expect((await api('GET', '/git/ref/tags/build/1.2.0')).json).toMatchObject({ object: { sha } });
  expect((await api('POST', '/releases', { tag_name: 'build/1.2.0' })).status).toBe(422);

  const bytes = Buffer.from([0, 255, 1, 254]);
  const uploadUrl = String(created.json['upload_url']).replace('{?name,label}', `?name=${encodeURIComponent('shop (1.2).tgz')}`);
  const uploaded = await fetch(uploadUrl, { method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/gzip' }, body: bytes });
  const asset = (await uploaded.json()) as Record<string, unknown>;
  expect(uploaded.status).toBe(201);
  expect(asset).toMatchObject({ name: 'shop..1.2..tgz', size: 4, digest: `sha256:${createHash('sha256').update(bytes).digest('hex')}` });
  const downloaded = await fetch(String(asset['url']), { headers: { authorization: `Bearer ${token}`, accept: 'application/octet-stream' } });
  expect(Buffer.from(await downloaded.arrayBuffer())).toEqual(bytes);

  const { id } = created.json;
  expect((await api('GET', '/releases/tags/build/1.2.0')).json).toMatchObject({ id, assets: [{ name: 'shop..1.2..tgz' }] });
  expect((await api('PATCH', `/releases/${String(id)}`, { prerelease: false, body: 'now plain' })).json).toMatchObject({ prerelease: false, body: 'now plain' });
  expect((await api('GET', `/releases/${String(id)}/assets`)).json).toHaveLength(1);
  expect((await api('GET', '/releases')).json).toHaveLength(1);
});

it('adds nothing to a release that was published where releases are immutable, and to a draft whatever is wanted', async () => {
  repository.immutableReleases = true;
  const draft = await api('POST', '/releases', { tag_name: 'v1.2.0', target_commitish: sha, draft: true });
  const add = async (name: string): Promise<number> => (await fetch(String(draft.json['upload_url']).replace('{?name,label}', `?name=${name}`), { method: 'POST', headers: { authorization: `Bearer ${token}` }, body: Buffer.from('x') })).status;
  expect(await add('one')).toBe(201);
  expect((await api('PATCH', `/releases/${String(draft.json['id'])}`, { draft: false })).json).toMatchObject({ draft: false, immutable: true });
  expect(await add('two')).toBe(422);
  expect(repository.releases.flatMap(({ assets }) => assets.map(({ name }) => name))).toEqual(['one']);
});

it('refuses a release whose tag a ruleset protects', async () => {
  repository.rulesets.push({ id: 1, name: 'promotions', target: 'tag', enforcement: 'active', bypassActors: [], conditions: { include: ['refs/tags/promote/**'], exclude: [] }, rules: [{ type: 'creation' }], createdAt: 0, updatedAt: 0 });
  expect((await api('POST', '/releases', { tag_name: 'promote/production/9', target_commitish: sha })).status).toBe(422);
  expect(repository.releases).toEqual([]);
});

it('keeps deployments that people make, with their statuses', async () => {
  const created = await api('POST', '/deployments', { ref: 'main', environment: 'staging', payload: { build: 'sha256:1' }, required_contexts: [] });
  expect(created).toMatchObject({ status: 201, json: { sha, ref: 'main', payload: { build: 'sha256:1' } } });
  const id = String(created.json['id']);
  expect((await api('POST', `/deployments/${id}/statuses`, { state: 'success', log_url: 'https://ci.example/2', environment_url: 'https://staging.example' })).status).toBe(201);
  expect((await api('GET', `/deployments/${id}/statuses`)).json).toMatchObject([{ state: 'success', environment: 'staging' }]);
  expect((await api('GET', '/deployments?environment=production')).json).toEqual([]);
});
