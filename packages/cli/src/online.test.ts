import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectGitHub, createGitHubClient } from '@sallyport/github';
import { appendEntries, verifierKey } from '@sallyport/ledger';
import type { EntryBody } from '@sallyport/ledger';
import { testKeyPem, testOrigin } from '@sallyport/ledger/testing';
import { createSettableClock, startSimulator } from '@sallyport/simulator';
import type { Simulator } from '@sallyport/simulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Io } from './io.ts';
import { runProgram } from './run-program.ts';
import { buildDigest, policyText } from './testing/example-documents.ts';
import { testIo } from './testing/test-io.ts';

const at = Date.parse('2026-12-02T18:00:00Z');
const origin = testOrigin;
const keys = [verifierKey(origin, testKeyPem())];

let folder: string;
let simulator: Simulator;
let tokens: { readonly ada: string; readonly lena: string };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sallyport-cli-test-'));
  const clock = createSettableClock({ at });
  simulator = await startSimulator({ clock, dataDir: folder, actions: new Map(), workflows: 'ignore' });
  const { admin } = simulator;
  admin.createOrganization('acme');
  const [ada, lena] = [admin.createUser('ada'), admin.createUser('lena')];
  admin.createTeam('acme', 'security-leads', [lena]);
  const shop = await admin.createRepository({ owner: 'acme', name: 'shop', author: ada, files: { '.github/sallyport.yml': `${policyText}ledger:\n  keys: [${JSON.stringify(keys[0])}]\n` } });
  for (const user of [ada, lena]) admin.setRole(shop, user, 'write');
  tokens = { ada: admin.createToken(ada), lena: admin.createToken(lena) };
  const client = createGitHubClient({ baseUrl: simulator.url, auth: { kind: 'token', token: tokens.ada }, userAgent: 'test' });
  const { ledger } = connectGitHub({ client, repository: { owner: 'acme', name: 'shop' }, localNow: () => at });
  const body = { type: 'build-registered' as const, digest: buildDigest, version: '1.8.1', commit: '1'.repeat(40), artifacts: [{ name: 'shop.tar.gz', digest: `sha256:${'b'.repeat(64)}`, sizeBytes: 1 }], workflow: '.github/workflows/build.yml', runId: 1, release: 'build/1.8.1' } satisfies EntryBody;
  await appendEntries({ store: ledger, origin, privateKeyPem: testKeyPem(), keys, at: new Date(at).toISOString(), attempts: 1 }, [{ key: `build:${buildDigest}`, body }]);
});
afterAll(async () => {
  await simulator.stop();
  await rm(folder, { recursive: true, force: true });
});

async function ask(person: 'ada' | 'lena', argv: readonly string[], changes: Partial<Io> = {}) {
  const io = testIo({ env: { GITHUB_TOKEN: tokens[person], GITHUB_REPOSITORY: 'acme/shop', GITHUB_API_URL: simulator.url }, now: () => at, ...changes });
  return { exitCode: await runProgram(argv, io), out: io.out(), err: io.err() };
}

describe('against GitHub', () => {
  it('says that there is no such pull request', async () => {
    expect(await ask('ada', ['gate', 'merge', '99'])).toEqual({ exitCode: 2, out: '', err: expect.stringContaining('There is no pull request #99 in acme/shop') as string });
  });

  it('shows where everything stands', async () => {
    const { exitCode, out } = await ask('ada', ['status']);
    expect([exitCode, out]).toEqual([0, expect.stringContaining('opens Sat 5 Dec 2026 06:00 PST (14:00 UTC)')]);
    expect(out).toContain('ledger  1 entry, root');
  });

  it('does not say what runs before anything was promoted', async () => {
    expect(await ask('ada', ['running', '--environment', 'production'])).toEqual({ exitCode: 2, out: '', err: expect.stringContaining('Nothing was promoted to production') as string });
    expect((await ask('ada', ['running', '--environment', 'prod'])).exitCode).toBe(2);
  });

  it('gives the version for the next build: after 1.8.1, which is registered', async () => {
    const clone = join(folder, 'clone');
    execFileSync('git', ['init', '--quiet', clone]);
    execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', 'commit', '--quiet', '--allow-empty', '-m', 'feat: begin'], { cwd: clone });
    expect(await ask('ada', ['next-version'], { cwd: clone })).toEqual({ exitCode: 0, out: '1.8.2-rc.1\n', err: '' });
    expect(JSON.parse((await ask('ada', ['next-version', '--json'], { cwd: clone })).out)).toEqual({ schema: 1, version: '1.8.2-rc.1', plain: '1.8.2', bump: null, released: null, commits: 1 });
    expect(await ask('ada', ['next-version'], { cwd: folder })).toMatchObject({ exitCode: 2, out: '', err: expect.stringContaining('no git repository') as string });
    expect((await ask('ada', ['next-version', '--environment', 'prod'], { cwd: clone })).exitCode).toBe(2);
  });

  it('verifies the ledger with the keys of the policy', async () => {
    expect((await ask('ada', ['ledger', 'verify', '--json'])).out).toContain('"state":"intact"');
  });

  it('audits a branch since a commit, and since a date', async () => {
    const since = await headOfMain();
    expect(await ask('ada', ['audit', 'main', '--since', since])).toEqual({ exitCode: 0, out: expect.stringMatching(/acme\/shop main, .* 0 commits, 0 landings; ledger: 1 entry[\s\S]*✓ Nothing came to main/) as string, err: '' });
    const pushed = await pushToMain(since);
    const { exitCode, out } = await ask('ada', ['audit', 'main', '--since', since]);
    expect([exitCode, out]).toEqual([1, expect.stringContaining(`✗ ${pushed}  no-pull-request\n  author ada, 2026-`)]);
    expect(out).toMatch(/, no pull request\n[\s\S]*→ a developer: [\s\S]*✗ 1 finding\./);
    const json = JSON.parse((await ask('ada', ['audit', 'main', '--since', since, '--json'])).out) as Record<string, unknown>;
    expect(json).toMatchObject({ schema: 1, branch: 'main', commits: 1, landings: 1, missing: [], findings: [{ commit: pushed, reason: 'no-pull-request', author: 'ada', pullRequest: null }] });
    expect((await ask('ada', ['audit', 'main', '--since', '2026-12-03'])).out).toContain('Nothing came to main since then');
    expect(await ask('ada', ['audit', 'main', '--since', '2026-12-01']), 'before there was a repository').toMatchObject({ exitCode: 1, out: expect.stringContaining(`✗ ${pushed}  no-pull-request`) as string });
  });

  it.each([
    ['a branch that the policy does not gate', ['--since', 'v1', '--branch', 'topic'], 2, 'The policy does not gate topic'],
    ['a date that does not exist', ['--since', '2026-02-30'], 2, '--since is "2026-02-30'],
    ['a range', ['--since', 'v1...v2'], 2, 'neither a date nor the name'],
    ['no beginning', [], 2, "required option '--since"],
  ])('does not audit %s', async (_name, more, code, message) => {
    const { exitCode, err } = await ask('ada', ['audit', 'main', ...more]);
    expect([exitCode, err]).toEqual([code, expect.stringContaining(message)]);
  });

  it('does not call a branch clean since a point that GitHub does not know', async () => {
    const { exitCode, out } = await ask('ada', ['audit', 'main', '--since', 'v0.0.0']);
    expect([exitCode, out]).toEqual([3, expect.stringMatching(/not known\n {2}what came to main since v0\.0\.0[\s\S]*nothing is proved/)]);
  });

  it('does not release a build that was never staged', async () => {
    const { exitCode, out } = await ask('ada', ['gate', 'release', '1.8.1', '--json']);
    expect(exitCode).not.toBe(0);
    expect(out).toContain('"gate":"release"');
  });

  it('asks for an override, shows it to the lead, and approves it only when told to', async () => {
    const requested = await ask('ada', ['override', 'request', '--build', 'aaaaaaaaaaaa', '--environment', 'production', '--reason', 'it is being exploited', '--advisory', 'GHSA-9f4x-2v7m-5c3p', '--json']);
    expect([requested.exitCode, requested.err]).toEqual([0, '']);
    const { issue, approval } = JSON.parse(requested.out) as { readonly issue: number; readonly approval: string };
    expect(approval).toBe('/approve production sha256:aaaaaaaaaaaaaaaa');

    const declined = await ask('lena', ['override', 'approve', String(issue)], { isTerminal: true, ask: async () => 'n' });
    expect([declined.exitCode, declined.out]).toEqual([1, expect.stringMatching(/it is being exploited[\s\S]*Not approved/)]);
    expect(approvalsOf((await ask('ada', ['gate', 'override', String(issue), '--json'])).out)).toBe(0);

    expect((await ask('lena', ['override', 'approve', String(issue), '--yes'])).exitCode).toBe(0);
    expect(approvalsOf((await ask('ada', ['gate', 'override', String(issue), '--json'])).out)).toBe(1);
  });

  it.each([
    ['an environment that cannot be overridden', ['--environment', 'staging', '--advisory', 'CVE-2026-1234'], 'no override for staging'],
    ['no advisory where the policy wants one', ['--environment', 'production'], 'The policy wants an advisory'],
    ['a build nobody registered', ['--environment', 'production', '--advisory', 'CVE-2026-1234', '--build', '9.9.9'], 'has no build "9.9.9"'],
  ])('refuses a request with %s', async (_name, more, message) => {
    const { exitCode, err } = await ask('ada', ['override', 'request', '--build', '1.8.1', '--reason', 'because', ...more]);
    expect([exitCode, err]).toEqual([2, expect.stringContaining(message)]);
  });
});

describe('a rollback', () => {
  const digest = (letter: string): string => `sha256:${letter.repeat(64)}`;

  beforeAll(async () => {
    const client = createGitHubClient({ baseUrl: simulator.url, auth: { kind: 'token', token: tokens.ada }, userAgent: 'test' });
    const { ledger } = connectGitHub({ client, repository: { owner: 'acme', name: 'shop' }, localNow: () => at });
    const ran = (number: number, build: string, version: string): readonly EntryBody[] => [
      { type: 'promotion-intended', environment: 'production', number, tag: `promote/production/${number}`, build, version, commit: '1'.repeat(40), decisionIndex: 0, override: null },
      { type: 'promotion-ended', environment: 'production', number, build, outcome: 'succeeded', reason: 'run 1', runId: 1, startedAt: null, endedAt: new Date(at).toISOString() },
    ];
    const built = (build: string, version: string): EntryBody => ({ type: 'build-registered', digest: build, version, commit: '1'.repeat(40), artifacts: [{ name: 'shop.tar.gz', digest: digest('b'), sizeBytes: 1 }], workflow: '.github/workflows/build.yml', runId: 1, release: `build/${version}` });
    const bodies = [built(digest('c'), '1.8.2'), built(digest('d'), '1.9.0'), ...ran(1, buildDigest, '1.8.1'), ...ran(2, digest('c'), '1.8.2')];
    await appendEntries({ store: ledger, origin, privateKeyPem: testKeyPem(), keys, at: new Date(at).toISOString(), attempts: 1 }, bodies.map((body, index) => ({ key: `rollback-test:${index}`, body })));
  });

  it('is asked for as the person who runs the command', async () => {
    const { exitCode, out, err } = await ask('ada', ['rollback', '1.8.1', '--reason', ' checkout\n fails ', '--json']);
    expect([exitCode, err]).toEqual([0, '']);
    const asked = JSON.parse(out) as { readonly issue: number };
    expect(asked).toMatchObject({ environment: 'production', build: buildDigest, version: '1.8.1', comment: '/rollback production sha256:aaaaaaaaaaaaaaaa checkout fails' });
    const comments = (await api('GET', `/issues/${asked.issue}/comments`)) as unknown as readonly { readonly body: string; readonly user: { readonly login: string } }[];
    expect(comments.map(({ body, user }) => [user.login, body])).toEqual([['ada', '/rollback production sha256:aaaaaaaaaaaaaaaa checkout fails']]);
    expect((await ask('ada', ['rollback', '1.8.1', '--reason', 'x'])).out).toContain('It waits for window saturday-morning');
  });

  it.each([
    ['a build that never ran there', ['1.9.0', '--reason', 'x'], '1.9.0 never ran healthy in production, so nothing can return to it.\nThese did: 1.8.2, 1.8.1.'],
    ['the build that runs', ['1.8.2', '--reason', 'x'], 'production runs 1.8.2 already'],
    ['a build nobody registered', ['9.9.9', '--reason', 'x'], 'has no build "9.9.9"'],
    ['an environment that is none', ['1.8.1', '--reason', 'x', '--environment', 'moon'], 'The policy has no environment "moon"'],
    ['no reason', ['1.8.1', '--reason', ' '], 'The reason is empty'],
    ['a reason that nobody reads to its end', ['1.8.1', '--reason', 'x'.repeat(501)], 'not one line of at most 500 characters'],
  ])('is not asked for to %s', async (_name, argv, message) => {
    const { exitCode, err } = await ask('ada', ['rollback', ...argv]);
    expect([exitCode === 0, err]).toEqual([false, expect.stringContaining(message)]);
  });
});

const api = async (method: string, path: string, body?: unknown): Promise<Record<string, unknown>> => {
  const answer = await fetch(`${simulator.url}/repos/acme/shop${path}`, { method, headers: { authorization: `Bearer ${tokens.ada}`, 'content-type': 'application/json' }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as Record<string, unknown>;
};

const headOfMain = async (): Promise<string> => ((await api('GET', '/git/ref/heads/main'))['object'] as { readonly sha: string }).sha;

/** A commit put on main without a pull request. Gives its id. */
async function pushToMain(parent: string): Promise<string> {
  const tree = await api('POST', '/git/trees', { base_tree: parent, tree: [{ path: 'pushed.txt', mode: '100644', type: 'blob', content: 'by hand\n' }] });
  const commit = await api('POST', '/git/commits', { message: 'By hand', tree: tree['sha'], parents: [parent] });
  await api('PATCH', '/git/refs/heads/main', { sha: commit['sha'] });
  return String(commit['sha']);
}

/** How many things the approvals rule looked at. */
const approvalsOf = (json: string): number => (JSON.parse(json) as { readonly rules: readonly { readonly rule: string; readonly judged: readonly unknown[] }[] }).rules.find(({ rule }) => rule === 'approvals')?.judged.length ?? -1;

describe('a command on the release issue', () => {
  it.each([
    ['is not given while there is none', ['hold', 'production', '--reason', 'full'], 'There is no release issue yet'],
    ['is not given without a reason', ['hold', 'production', '--reason', ' '], 'would not be understood: /hold is written /hold <environment> <reason>'],
    ['is not given for a date that is none', ['schedule', 'production', 'soon'], 'would not be understood: /schedule is written'],
    ['is not given for an environment that is none', ['resume', 'moon'], 'The policy has no environment "moon"'],
  ])('%s', async (_name, argv, message) => {
    const { exitCode, err } = await ask('ada', ['release', ...argv]);
    expect([exitCode, err]).toEqual([2, expect.stringContaining(message)]);
  });

  it('is a comment of the person who runs it, on the latest issue', async () => {
    const { number } = (await api('POST', '/issues', { title: 'Release', body: '', labels: [] })) as unknown as { readonly number: number };
    const client = createGitHubClient({ baseUrl: simulator.url, auth: { kind: 'token', token: tokens.ada }, userAgent: 'test' });
    const { ledger } = connectGitHub({ client, repository: { owner: 'acme', name: 'shop' }, localNow: () => at });
    await appendEntries({ store: ledger, origin, privateKeyPem: testKeyPem(), keys, at: new Date(at).toISOString(), attempts: 1 }, [{ key: `release:production:0:${number}`, body: { type: 'release-opened', environment: 'production', after: 0, issue: number } }]);
    for (const argv of [['hold', 'production', '--reason', ' the queue\n is full '], ['resume', 'production'], ['schedule', 'production', '2026-12-05', buildDigest], ['unschedule', 'staging']]) expect(await ask('lena', ['release', ...argv])).toMatchObject({ exitCode: 0, err: '' });
    const comments = (await api('GET', `/issues/${number}/comments`)) as unknown as readonly { readonly body: string; readonly user: { readonly login: string } }[];
    expect(comments.map(({ body, user }) => `${user.login}: ${body}`)).toEqual(['lena: /hold production the queue is full', 'lena: /resume production', `lena: /schedule production 2026-12-05 ${buildDigest}`, 'lena: /unschedule staging']);
  });
});
