import { decide, digestOf, parseFacts, sealPlain } from '@sallyport/gates';
import { connectGitHub, createGitHubClient } from '@sallyport/github';
import { appendEntries, verifierKey } from '@sallyport/ledger';
import type { EntryBody } from '@sallyport/ledger';
import { testKeyPem, testOrigin } from '@sallyport/ledger/testing';
import { decisionDocument } from '@sallyport/pipeline';
import { parsePolicy } from '@sallyport/policy';
import type { Policy } from '@sallyport/policy';
import { createSettableClock, startSimulator } from '@sallyport/simulator';
import type { Simulator, User } from '@sallyport/simulator';
import { policyText, releaseFactsDocument, wednesday } from '../../packages/cli/src/testing/example-documents.ts';
import { personOf } from '../acceptance/gatekeeper-repository.ts';
import type { Person } from '../acceptance/gatekeeper-repository.ts';

/** The Wednesday before a release. */
const now = Date.parse('2026-12-02T18:00:00Z');
const origin = testOrigin;
const keys = [verifierKey(origin, testKeyPem())];
const policy = `${policyText}ledger:\n  keys: [${JSON.stringify(keys[0])}]\n`;

/** A recorded decision with all that made it, as `npm start -- --json` prints them. */
export type Case = { readonly case: 1; readonly policy: string; readonly facts: unknown; readonly now: typeof wednesday; readonly decision: Record<string, unknown> };

/** acme/shop on a simulated GitHub, with the names and numbers that our pages write of. */
export type Shop = {
  readonly simulator: Simulator;
  /** Of an administrator who had no part in any change. */
  readonly token: string;
  /** The bare repository that the simulated GitHub has. */
  readonly gitDir: string;
  readonly policy: string;
  readonly case: Case;
  /** Text of a checkpoint of the ledger that somebody kept. */
  readonly checkpoint: string;
};

/** Its pull request is #12; it ran 1.7.0 and runs 1.8.0-rc.3; the ledger has 45 entries. Everything is made in `folder`, which the caller removes. */
export async function openShop(folder: string): Promise<Shop> {
  const simulator = await startSimulator({ clock: createSettableClock({ at: Date.parse('2026-11-20T17:00:00Z') }), dataDir: folder, actions: new Map(), workflows: 'ignore' });
  const { admin, clock } = simulator;
  const [olga, ada, lena] = [admin.createUser('olga'), admin.createUser('ada'), admin.createUser('lena')];
  admin.createOrganization('acme', { owners: [olga] });
  admin.createTeam('acme', 'security-leads', [lena]);
  admin.createApp({ slug: 'sallyport-shop', permissions: { contents: 'write' } });
  const repository = await admin.createRepository({ owner: 'acme', name: 'shop', author: ada, files: { 'README.md': '# Shop\n', '.github/sallyport.yml': policy, '.github/workflows/ci.yml': 'name: ci\non: pull_request\njobs: { unit: { runs-on: ubuntu-24.04, steps: [{ run: "true" }] } }\n' } });
  admin.setRole(repository, olga, 'admin');
  for (const user of [ada, lena]) admin.setRole(repository, user, 'write');
  const person = (user: User): Person => personOf(simulator.url, user.login, admin.createToken(user));

  const author = person(ada);
  const first = await push(author, 'main', 'feat: sell things');
  await person(olga).send('POST', '/git/refs', { ref: 'refs/tags/v1.7.0', sha: first });
  clock.set(Date.parse('2026-11-28T15:00:00Z'));
  const second = await push(author, 'main', 'feat: pay by card');
  clock.set(now - 60 * 60 * 1000);
  const third = await push(author, 'main', 'feat: give discounts');
  await author.send('POST', '/git/refs', { ref: 'refs/heads/topic', sha: third });
  await push(author, 'topic', 'fix: round to cents');
  for (let number = 1; number < 12; number += 1) await author.send('POST', '/issues', { title: `Idea ${number}`, body: '', labels: [] });
  await author.send('POST', '/pulls', { title: 'Round to cents', head: 'topic', base: 'main', body: '' });
  clock.set(now);

  const token = admin.createToken(olga);
  const { ledger } = connectGitHub({ client: createGitHubClient({ baseUrl: simulator.url, auth: { kind: 'token', token }, userAgent: 'test' }), repository: { owner: 'acme', name: 'shop' }, localNow: () => clock.now() });
  const recorded = decideOnce();
  const bodies = history(first, second, recorded);
  await appendEntries({ store: ledger, origin, privateKeyPem: testKeyPem(), keys, at: new Date(now).toISOString(), attempts: 1 }, bodies.map((body, index) => ({ key: `scene:${index}`, body })));
  return { simulator, token, gitDir: repository.gitDir, policy, case: recorded, checkpoint: (await ledger.read()).checkpoint ?? '' };
}

/** One commit more on a branch, with a file of its own. Gives its id. */
async function push(author: Person, branch: string, message: string): Promise<string> {
  const { object } = (await author.send('GET', `/git/ref/heads/${branch}`)) as { readonly object: { readonly sha: string } };
  const tree = await author.send('POST', '/git/trees', { base_tree: object.sha, tree: [{ path: `${message.replaceAll(/[^a-z]+/g, '-')}.txt`, mode: '100644', type: 'blob', content: `${message}\n` }] });
  const commit = await author.send('POST', '/git/commits', { message, tree: tree['sha'], parents: [object.sha] });
  await author.send('PATCH', `/git/refs/heads/${branch}`, { sha: commit['sha'] });
  return String(commit['sha']);
}

function decideOnce(): Case {
  const facts = parseFacts('release', releaseFactsDocument);
  if (!facts.ok) throw new Error('The facts of the scene are not valid.');
  const at = Date.parse(wednesday.serverAt);
  const decision = decide(sealPlain(readPolicy()), facts.facts, { serverAt: at, localAt: at });
  return { case: 1, policy, facts: facts.facts.document, now: wednesday, decision: decisionDocument(decision) };
}

const digest = (number: number): string => `sha256:${number.toString(16).padStart(64, 'c')}`;

/** The policy, a decision, the builds and what became of two of them. */
function history(first: string, second: string, { decision, facts }: Case): readonly EntryBody[] {
  const built = (version: string, number: number, commit: string): EntryBody => ({ type: 'build-registered', digest: digest(number), version, commit, artifacts: [{ name: 'shop.tar.gz', digest: digest(1000 + number), sizeBytes: 1 }], workflow: '.github/workflows/build.yml', runId: number, release: `build/${version}` });
  const promoted = (environment: string, number: number, build: number, version: string, commit: string, at: string): readonly EntryBody[] => [
    { type: 'promotion-intended', environment, number, tag: `promote/${environment}/${number}`, build: digest(build), version, commit, decisionIndex: 1, override: null },
    { type: 'promotion-ended', environment, number, build: digest(build), outcome: 'succeeded', reason: `run ${number}`, runId: number, startedAt: at, endedAt: at },
  ];
  const { gate, subject, outcome } = decision as Pick<Extract<EntryBody, { type: 'decision-made' }>, 'gate' | 'subject' | 'outcome'>;
  const old = Array.from({ length: 28 }, (_, index) => built(`1.6.${index}`, 100 + index, first));
  return [
    { type: 'policy-adopted', digest: digestOf(readPolicy()), commit: first, text: policy },
    { type: 'decision-made', gate, subject, outcome, decision, facts: facts as Record<string, unknown> },
    ...old,
    built('1.7.0', 1, first),
    ...promoted('staging', 1, 1, '1.7.0', first, '2026-11-20T17:00:00Z'),
    ...promoted('production', 1, 1, '1.7.0', first, '2026-11-21T15:00:00Z'),
    built('1.8.0-rc.3', 2, second),
    ...promoted('production', 2, 2, '1.8.0-rc.3', second, '2026-11-28T15:00:00Z'),
    built('1.8.1', 3, second),
    ...[1, 2, 3].map((number) => built(`1.9.0-rc.${number}`, 3 + number, second)),
  ];
}

function readPolicy(): Policy {
  const parsed = parsePolicy(policy, { file: '.github/sallyport.yml' });
  if (!parsed.ok) throw new Error('The policy of the scene is not valid.');
  return parsed.policy;
}
