import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MergeFacts } from '@sallyport/gates';
import { mergeFacts } from '@sallyport/gates';
import type { Policy } from '@sallyport/policy';
import { parsePolicy } from '@sallyport/policy';
import { createSettableClock, startSimulator } from '@sallyport/simulator';
import type { Repository, Simulator, User } from '@sallyport/simulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { createGitHubClient } from './client.ts';
import { connectGitHub } from './connect.ts';

const ci = '.github/workflows/ci.yml';
const policyText = `version: 1
repository: acme/shop
merge:
  tests:
    - { check: unit, workflow: ${ci} }
  review:
    sensitive:
      - { paths: ["infra/**"], approvals: 1, team: acme/platform }
`;
const workflow = 'on: pull_request\njobs:\n  unit:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo tested\n';

let folder: string;
let simulator: Simulator;
let repository: Repository;
let people: Readonly<Record<'ada' | 'ben' | 'cleo', User>>;
let tokens: Readonly<Record<'ada' | 'ben' | 'cleo', string>>;
let policy: Policy;
const sha = z.looseObject({ sha: z.string() });
const numbered = z.looseObject({ id: z.int(), number: z.int().optional() });

async function call(token: string, method: string, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(`${simulator.url}/repos/acme/shop${path}`, { method, headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return text === '' ? null : (JSON.parse(text) as unknown);
}

type Entry = { readonly path: string; readonly mode?: string; readonly content?: string; readonly sha?: string | null };

/** A commit on top of `parents`, of the first one's tree with these entries laid over it; on no branch yet. */
async function commitOn(parents: readonly string[], entries: readonly Entry[], { token = tokens.ada, message = 'Change' } = {}): Promise<string> {
  const tree = sha.parse(await call(token, 'POST', '/git/trees', { base_tree: parents[0], tree: entries.map((entry) => ({ mode: '100644', type: 'blob', ...entry })) }));
  return sha.parse(await call(token, 'POST', '/git/commits', { message, tree: tree.sha, parents })).sha;
}

const pass = (seconds: number): void => simulator.clock.advance(seconds * 1000);
const tipOf = async (branch: string): Promise<string> => z.looseObject({ object: sha }).parse(await call(tokens.ada, 'GET', `/git/ref/heads/${branch}`)).object.sha;
const push = async (branch: string, head: string, force = false, token = tokens.ada): Promise<unknown> => call(token, 'PATCH', `/git/refs/heads/${branch}`, { sha: head, force });

async function openPull(branch: string, head: string): Promise<number> {
  await call(tokens.ada, 'POST', '/git/refs', { ref: `refs/heads/${branch}`, sha: head });
  pass(5);
  const { number } = numbered.parse(await call(tokens.ada, 'POST', '/pulls', { title: branch, head: branch, base: 'main' }));
  pass(100);
  return number ?? 0;
}

async function approve(number: number): Promise<void> {
  await call(tokens.ben, 'POST', `/pulls/${number}/reviews`, { event: 'APPROVE', body: 'Good' });
  pass(100);
}

async function gather(number: number, by = policy): Promise<MergeFacts> {
  const client = createGitHubClient({ baseUrl: simulator.url, auth: { kind: 'token', token: tokens.ada }, userAgent: 'test', retries: 0 });
  const facts = await connectGitHub({ client, repository: { owner: 'acme', name: 'shop' }, localNow: () => simulator.clock.now() }).changes.gatherMergeFacts({ pullRequest: number, group: null }, Promise.resolve(by));
  if (facts === null) throw new Error('no such pull request');
  z.encode(mergeFacts, facts);
  return facts;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gather-test-'));
  simulator = await startSimulator({ clock: createSettableClock({ at: Date.parse('2026-11-18T09:00:00Z'), frozen: true }), dataDir: folder, actions: new Map() });
  const { admin } = simulator;
  admin.createOrganization('acme');
  people = { ada: admin.createUser('ada'), ben: admin.createUser('ben'), cleo: admin.createUser('cleo') };
  repository = await admin.createRepository({ owner: 'acme', name: 'shop', author: people.ada, files: { 'README.md': '# Shop\n', 'src/a.txt': 'a\n', [ci]: workflow } });
  admin.createTeam('acme', 'platform', [people.ben]);
  for (const person of Object.values(people)) admin.setRole(repository, person, 'write');
  tokens = { ada: admin.createToken(people.ada), ben: admin.createToken(people.ben), cleo: admin.createToken(people.cleo) };
  const parsed = parsePolicy(policyText, { file: 'sallyport.yml' });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  policy = parsed.policy;
});

afterAll(async () => {
  await simulator.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('checks and runs', () => {
  it('tie a check to the job it reports for, and one posted by hand to none', async () => {
    const number = await openPull('jobs', await commitOn([await tipOf('main')], [{ path: 'src/jobs.txt', content: 'j\n' }]));
    await simulator.idle();
    const run = repository.runs.find(({ pulls }) => pulls.includes(number));
    const real = repository.checkRuns.find(({ suite, name }) => suite === run?.suite && name === 'unit');
    if (run === undefined || real === undefined) throw new Error('the workflow did not run');
    // Whoever holds the built-in token with `checks: write` can put this into the run's own suite.
    repository.checkRuns.push({ ...real, id: real.id + 100_000, job: null });
    const { checks, runs } = await gather(number);
    expect(runs.items).toMatchObject([{ id: run.id, workflow: ci, event: 'pull_request', attempt: 1, status: 'completed', conclusion: 'success', headRepository: repository.id, definedByBase: { known: true }, pullRequests: [{ number, base: 'main' }] }]);
    expect(checks.items).toMatchObject([{ id: real.id, job: { known: { run: run.id, attempt: 1 } } }, { id: real.id + 100_000, job: null }]);
  });

  it('say that a workflow changed by the change is not the base’s', async () => {
    const number = await openPull('own-workflow', await commitOn([await tipOf('main')], [{ path: ci, content: `${workflow}      - run: echo more\n` }]));
    await simulator.idle();
    expect((await gather(number)).runs.items).toMatchObject([{ workflow: ci, definedByBase: { known: false } }]);
  });
});

describe('earlier heads', () => {
  it('of a rebase carry an approval over, with the merge made again, and nobody’s part is forgotten', async () => {
    const fork = await tipOf('main');
    const first = await commitOn([fork], [{ path: 'src/rebased.txt', content: 'r\n' }], { token: tokens.cleo });
    const number = await openPull('rebased', first);
    await approve(number);
    const onto = await commitOn([fork], [{ path: 'src/main-moved.txt', content: 'm\n' }]);
    await push('main', onto);
    const second = await commitOn([onto], [{ path: 'src/rebased.txt', content: 'r\n' }]);
    await push('rebased', second, true);
    const { carryOver, formerCommits, pullRequest, pushes } = await gather(number);
    expect(pushes.items.map(({ kind, after }) => [kind, after])).toEqual([['creation', first], ['force-push', second]]);
    expect(carryOver).toEqual({ complete: true, items: [{ from: first, fromBase: fork, onto, tree: { known: pullRequest.head.treeSha } }] });
    expect(formerCommits).toMatchObject({ complete: true, items: [{ sha: first, author: { known: { id: people.cleo.id } } }] });
  });

  it('do not prove a head that brings something more, or conflicts', async () => {
    const fork = await tipOf('main');
    const first = await commitOn([fork], [{ path: 'src/a.txt', content: 'ours\n' }]);
    const number = await openPull('evil', first);
    await approve(number);
    await push('evil', await commitOn([first], [{ path: 'src/evil.txt', content: 'e\n' }]));
    const pushed = await gather(number);
    const [proof] = pushed.carryOver.items;
    expect(proof?.tree).toMatchObject({ known: expect.not.stringMatching(pushed.pullRequest.head.treeSha) as string });
    expect(pushed.formerCommits).toEqual({ complete: true, items: [] });
    const moved = await commitOn([fork], [{ path: 'src/a.txt', content: 'theirs\n' }]);
    await push('main', moved);
    await push('evil', await commitOn([moved], [{ path: 'src/a.txt', content: 'both\n' }]), true);
    expect((await gather(number)).carryOver.items).toMatchObject([{ from: first, onto: moved, tree: { known: null } }]);
  });
});

describe('files', () => {
  it('have a kind, and links a target', async () => {
    const head = await commitOn([await tipOf('main')], [
      { path: 'run.sh', mode: '100755', content: 'x' },
      { path: 'src/link', mode: '120000', content: '../infra' },
      { path: 'out', mode: '120000', content: '../elsewhere' },
      { path: 'README.md', sha: null },
    ]);
    const { files } = await gather(await openPull('kinds', head));
    expect(Object.fromEntries(files.items.map(({ path, kind, target }) => [path, [kind, target]]))).toEqual({
      'README.md': [null, undefined],
      out: [{ known: 'symlink' }, { known: null }],
      'run.sh': [{ known: 'executable' }, undefined],
      'src/link': [{ known: 'symlink' }, { known: 'infra' }],
    });
    expect(files.complete).toBe(true);
  });
});

describe('a change that meets its base twice (A06)', () => {
  /** main gets a merge of two sides, `side` and `fix`; the change grows from `side`. */
  async function twoSides(name: string): Promise<{ readonly side: string; readonly fix: string; readonly change: string }> {
    const from = await tipOf('main');
    const fix = await commitOn([from], [{ path: `${name}/fix.txt`, content: 'fixed\n' }]);
    const side = await commitOn([from], [{ path: `${name}/side.txt`, content: 's\n' }]);
    const merged = await commitOn([side, fix], [{ path: `${name}/fix.txt`, content: 'fixed\n' }]);
    await push('main', merged);
    return { side, fix, change: await commitOn([side], [{ path: `${name}/change.txt`, content: 'c\n' }]) };
  }

  it('is not known by its files: merging it takes back what it left out of the other side', async () => {
    const { fix, change } = await twoSides('ours');
    const number = await openPull('ours', await commitOn([change, fix], []));
    const { files } = await gather(number);
    expect(files).toMatchObject({ complete: false, missing: expect.stringContaining('meets its base at') as string });
  });

  it('is known once it merged the newest commit of the base', async () => {
    const { change } = await twoSides('updated');
    const number = await openPull('updated', await commitOn([change, await tipOf('main')], [{ path: 'updated/fix.txt', content: 'fixed\n' }]));
    expect((await gather(number)).files).toMatchObject({ complete: true, items: [{ path: 'updated/change.txt' }] });
  });
});

describe('a run from before the pull request was opened (T11)', () => {
  it('belongs to another one, whatever GitHub names now', async () => {
    const head = await commitOn([await tipOf('main')], [{ path: 'src/early.txt', content: 'e\n' }]);
    const before = simulator.clock.now();
    pass(10);
    const number = await openPull('early', head);
    const after = simulator.clock.now();
    for (const at of [before, after]) simulator.admin.addRun(repository, { workflow: ci, event: 'pull_request', headSha: head, headBranch: 'early', user: people.ada, pulls: [number], jobs: [{ name: 'unit', conclusion: 'success' }], at });
    const { runs } = await gather(number);
    expect(runs.items.find(({ createdAt }) => createdAt === before)?.pullRequests).toEqual([]);
    expect(runs.items.find(({ createdAt }) => createdAt === after)?.pullRequests).toMatchObject([{ number }]);
  });
});

describe('what happened', () => {
  it('shows a retargeted base, a renewed request and a shared head', async () => {
    const head = await commitOn([await tipOf('main')], [{ path: 'src/moves.txt', content: 'm\n' }]);
    const number = await openPull('moves', head);
    await call(tokens.ada, 'POST', '/git/refs', { ref: 'refs/heads/release', sha: await tipOf('main') });
    await approve(number);
    await call(tokens.ada, 'POST', `/pulls/${number}/requested_reviewers`, { reviewers: ['ben'] });
    await call(tokens.ada, 'PATCH', `/pulls/${number}`, { base: 'release' });
    const other = await openPull('moves-too', head);
    const facts = await gather(number);
    expect(facts.baseMoves).toMatchObject({ complete: true, items: [{ kind: 'retargeted' }] });
    expect(facts.pullRequest.requestedReviewers).toMatchObject([{ id: people.ben.id }]);
    expect(facts.sharedHead).toEqual({ complete: true, items: [other] });
    expect(facts.reviews.items).toMatchObject([{ pullRequest: number, state: 'approved', reviewer: { known: { id: people.ben.id } } }]);
    // No sensitive path is touched, so nobody's team matters.
    expect(facts.reviewers).toMatchObject([{ role: { known: 'write' }, teams: [] }]);
  });

  it('shows a closed pull request of the same branch and head: what ran for it looks like the head’s (T11)', async () => {
    const head = await commitOn([await tipOf('main')], [{ path: 'src/again.txt', content: 'a\n' }]);
    const first = await openPull('again', head);
    await call(tokens.ada, 'PATCH', `/pulls/${first}`, { state: 'closed' });
    const { number = 0 } = numbered.parse(await call(tokens.ada, 'POST', '/pulls', { title: 'again', head: 'again', base: 'main' }));
    expect((await gather(number)).sharedHead).toEqual({ complete: true, items: [first] });
  });
});

describe('the cost', () => {
  it('of an ordinary pull request is 13 requests, the policy’s aside', async () => {
    let tip = await tipOf('main');
    for (let index = 0; index < 30; index += 1) tip = await commitOn([tip], [{ path: 'src/cost.txt', content: `${index}\n` }]);
    const number = await openPull('cost', tip);
    await approve(number);
    await simulator.idle();
    const asked: string[] = [];
    const stop = simulator.observe(({ method, path }) => asked.push(`${method} ${path}`));
    const facts = await gather(number);
    stop();
    expect(facts.commits).toMatchObject({ complete: true });
    expect(facts.commits.items).toHaveLength(30);
    expect(asked.length, asked.join('\n')).toBeLessThanOrEqual(13);
  });
});
