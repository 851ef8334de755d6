import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mergeFacts } from '@sallyport/gates';
import type { Policy } from '@sallyport/policy';
import { parsePolicy } from '@sallyport/policy';
import type { Outside } from '@sallyport/pipeline';
import { createSettableClock, startSimulator } from '@sallyport/simulator';
import type { Repository, Simulator, User } from '@sallyport/simulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { createGitHubClient } from './client.ts';
import { connectGitHub } from './connect.ts';

const startAt = Date.parse('2026-11-18T09:00:00Z');
const policyText = `version: 1
repository: acme/shop
merge:
  tests:
    - { check: unit, workflow: .github/workflows/ci.yml }
  review:
    sensitive:
      - { paths: ["infra/**", "src/first.js"], approvals: 1, team: acme/platform }
`;

let folder: string;
let simulator: Simulator;
let repository: Repository;
let people: Readonly<Record<'ada' | 'ben' | 'cleo', User>>;
let tokens: Readonly<Record<'ada' | 'ben' | 'cleo', string>>;
let outside: Outside;
let policy: Policy;
const sha = z.looseObject({ sha: z.string() });
const numbered = z.looseObject({ id: z.int(), number: z.int().optional() });

const connect = (token: string): Outside =>
  connectGitHub({ client: createGitHubClient({ baseUrl: simulator.url, auth: { kind: 'token', token }, userAgent: 'test', retries: 1, waitUnitMilliseconds: 1 }), repository: { owner: 'acme', name: 'shop' }, localNow: () => simulator.clock.now() });

async function call(token: string, method: string, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(`${simulator.url}/repos/acme/shop${path}`, { method, headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return text === '' ? null : (JSON.parse(text) as unknown);
}

/** A commit on top of `parent` that writes one file, not yet on any branch. */
async function commitOn(parent: string, file: string, content: string, message: string): Promise<string> {
  const tree = sha.parse(await call(tokens.ada, 'POST', '/git/trees', { base_tree: parent, tree: [{ path: file, mode: '100644', type: 'blob', content }] }));
  return sha.parse(await call(tokens.ada, 'POST', '/git/commits', { message, tree: tree.sha, parents: [parent] })).sha;
}

const tipOf = async (branch: string): Promise<string> => z.looseObject({ object: sha }).parse(await call(tokens.ada, 'GET', `/git/ref/heads/${branch}`)).object.sha;

async function openPull(branch: string, message = 'Change'): Promise<{ readonly number: number; readonly head: string }> {
  const head = await commitOn(await tipOf('main'), `src/${branch}.js`, `export const name = '${branch}';\n`, message);
  await call(tokens.ada, 'POST', '/git/refs', { ref: `refs/heads/${branch}`, sha: head });
  const { number } = numbered.parse(await call(tokens.ada, 'POST', '/pulls', { title: branch, head: branch, base: 'main' }));
  return { number: number ?? 0, head };
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'github-test-'));
  simulator = await startSimulator({ clock: createSettableClock({ at: startAt }), dataDir: folder, actions: new Map(), workflows: 'ignore', contract: true });
  const { admin } = simulator;
  admin.createOrganization('acme');
  people = { ada: admin.createUser('ada'), ben: admin.createUser('ben'), cleo: admin.createUser('cleo') };
  repository = await admin.createRepository({ owner: 'acme', name: 'shop', author: people.ada, files: { 'README.md': '# Shop\n', '.github/sallyport.yml': policyText, '.github/workflows/ci.yml': 'on: pull_request\n' } });
  admin.createTeam('acme', 'platform', [people.ben]);
  admin.setRole(repository, people.ada, 'admin');
  admin.setRole(repository, people.ben, 'maintain');
  admin.setRole(repository, people.cleo, 'read');
  tokens = { ada: admin.createToken(people.ada), ben: admin.createToken(people.ben), cleo: admin.createToken(people.cleo) };
  outside = connect(tokens.ada);
  const parsed = parsePolicy(policyText, { file: 'sallyport.yml' });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  policy = parsed.policy;
});

afterAll(async () => {
  const mismatches = simulator.contractMismatches();
  await simulator.stop();
  await rm(folder, { recursive: true, force: true });
  expect(mismatches).toEqual([]);
});

describe('the repository and its policy', () => {
  it('are read from the default branch', async () => {
    expect(await outside.changes.repository()).toEqual({ owner: 'acme', name: 'shop', id: repository.id, defaultBranch: 'main' });
    expect(await outside.policy.readPolicyFile()).toEqual({ path: '.github/sallyport.yml', text: policyText });
  });

  it('tell the server’s time', async () => {
    const { serverAt, localAt } = await outside.clock.read();
    expect(Math.abs((serverAt ?? 0) - localAt)).toBeLessThan(5000);
  });

  it('cannot be read without a token, with a wrong one, or under another name', async () => {
    const anonymous = connectGitHub({ client: createGitHubClient({ baseUrl: simulator.url, auth: { kind: 'none' }, userAgent: 'test' }), repository: { owner: 'acme', name: 'shop' }, localNow: () => 0 });
    await expect(anonymous.changes.repository()).rejects.toMatchObject({ code: 'unauthorised', retryable: false });
    await expect(connect('ghp_wrong').changes.repository()).rejects.toMatchObject({ code: 'unauthorised' });
    const other = connectGitHub({ client: createGitHubClient({ baseUrl: simulator.url, auth: { kind: 'token', token: tokens.ada }, userAgent: 'test' }), repository: { owner: 'acme', name: 'nothing' }, localNow: () => 0 });
    await expect(other.changes.repository()).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('the facts of a pull request', () => {
  it('are null when there is none', async () => {
    expect(await outside.changes.gatherMergeFacts({ pullRequest: 4711, group: null }, Promise.resolve(policy))).toBeNull();
  });

  it('name everyone who had a part, and everyone who reviewed with role and team', async () => {
    const message = `Change\n\nCo-authored-by: Cleo <${people.cleo.id}+cleo@users.noreply.github.com>\nCo-authored-by: Someone <someone@secret.example>\n`;
    const { number, head } = await openPull('first', message);
    await call(tokens.ben, 'POST', `/pulls/${number}/reviews`, { event: 'APPROVE', body: 'Good' });
    await call(tokens.cleo, 'POST', `/pulls/${number}/reviews`, { event: 'COMMENT', body: 'Hm' });
    const facts = await outside.changes.gatherMergeFacts({ pullRequest: number, group: null }, Promise.resolve(policy));
    expect(z.encode(mergeFacts, mergeFacts.parse(z.encode(mergeFacts, facts as NonNullable<typeof facts>)))).toBeTruthy();
    expect(facts).toMatchObject({
      pullRequest: { number, state: 'open', author: { known: { login: 'ada' } }, head: { ref: 'first', sha: head, repository: repository.id } },
      commits: { complete: true, items: [{ sha: head, author: { known: { id: people.ada.id } }, coAuthors: [{ known: { id: people.cleo.id } }, { unknown: expect.stringContaining('belongs to no account') as string }] }] },
      pushes: { complete: true, items: [{ after: head, kind: 'creation', actor: { known: { login: 'ada' } } }] },
      reviews: { complete: true, items: [{ state: 'approved', commitId: head, dismissedBy: null }, { state: 'commented' }] },
      reviewers: [
        { person: { login: 'ben' }, role: { known: 'maintain' }, teams: [{ team: 'acme/platform', membership: { known: 'active' } }] },
        { person: { login: 'cleo' }, role: { known: 'read' }, teams: [{ team: 'acme/platform', membership: { known: 'none' } }] },
      ],
      files: { complete: true, items: [{ path: 'src/first.js', previousPath: null, status: 'added' }] },
    });
    expect(JSON.stringify(facts)).not.toContain('secret.example');
  });

  it('say who dismissed a review, and what it said before', async () => {
    const { number } = await openPull('dismissed');
    const review = numbered.parse(await call(tokens.ben, 'POST', `/pulls/${number}/reviews`, { event: 'REQUEST_CHANGES', body: 'No' }));
    await call(tokens.ada, 'PUT', `/pulls/${number}/reviews/${review.id}/dismissals`, { message: 'Settled' });
    const facts = await outside.changes.gatherMergeFacts({ pullRequest: number, group: null }, Promise.resolve(policy));
    expect(facts?.reviews.items).toMatchObject([{ state: 'dismissed', dismissedState: 'changes-requested', dismissedBy: { known: { login: 'ada' } } }]);
  });

  it('hold every push, oldest first, and every commit over more than one page', async () => {
    const { number, head } = await openPull('long');
    let tip = head;
    for (let index = 0; index < 104; index += 1) tip = await commitOn(tip, 'src/long.js', `export const n = ${index};\n`, `Step ${index}`);
    await call(tokens.ada, 'PATCH', '/git/refs/heads/long', { sha: tip });
    const facts = await outside.changes.gatherMergeFacts({ pullRequest: number, group: null }, Promise.resolve(policy));
    expect(facts?.pushes.items.map(({ after }) => after)).toEqual([head, tip]);
    expect(facts?.commits).toMatchObject({ complete: true });
    expect(facts?.commits.items).toHaveLength(105);
  });
});

describe('how a commit landed', () => {
  it('is the pull request whose merge made it', async () => {
    const { number, head } = await openPull('landing');
    const before = await tipOf('main');
    expect(await outside.changes.listOpen(['main'])).toContainEqual({ number, headSha: head });
    await call(tokens.ada, 'PUT', `/pulls/${number}/merge`, { merge_method: 'squash', sha: head });
    const landed = await tipOf('main');
    expect(await outside.changes.findLanding(landed, 'main')).toMatchObject({ known: { commit: landed, branch: 'main', onBranch: true, change: { number, headSha: head } } });
    expect(await outside.changes.findLanding(head, 'main')).toMatchObject({ known: { onBranch: false, change: null } });
    expect(await outside.changes.listCommits(before, landed)).toEqual({ items: [landed], complete: true });
    expect(await outside.changes.listCommits(null, landed)).toEqual({ items: [landed], complete: true });
  });

  it('is nothing for a direct push, and unknown for a commit that does not exist', async () => {
    const direct = await commitOn(await tipOf('main'), 'direct.txt', 'direct\n', 'Direct');
    await call(tokens.ada, 'PATCH', '/git/refs/heads/main', { sha: direct });
    expect(await outside.changes.findLanding(direct, 'main')).toMatchObject({ known: { onBranch: true, change: null } });
    expect(await outside.changes.findLanding('dead'.repeat(10), 'main')).toMatchObject({ unknown: expect.stringContaining('no commit') as string });
    expect(await outside.changes.listCommits('dead'.repeat(10), direct)).toMatchObject({ complete: false });
  });
});

describe('an outside that breaks in the middle', () => {
  it.each([
    ['server-error', 'server-error'],
    ['drop-before', 'unreachable'],
    ['half-body', 'unreachable'],
    ['html', 'malformed-answer'],
  ] as const)('%s becomes the error %s', async (kind, code) => {
    const mend = simulator.faults.add({ kind, when: ({ path }) => path.endsWith('/reviews') });
    try {
      await expect(outside.changes.gatherMergeFacts({ pullRequest: 1, group: null }, Promise.resolve(policy))).rejects.toMatchObject({ code, retryable: true });
    } finally {
      mend();
    }
  });
});
