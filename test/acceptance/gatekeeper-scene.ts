import { execFileSync } from 'node:child_process';
import { createSign, generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectGitHub, createGitHubClient } from '@sallyport/github';
import type { BlobCache } from '@sallyport/github';
import type { VerifiedLedger } from '@sallyport/ledger';
import { atHead, openLedgerReader, openLedgerWriter, readPolicy, readState, readTrustRoot, registerBuild, requireIntact, runMergeGate, sha256, sweep } from '@sallyport/pipeline';
import type { BuildFile, CurrentPolicy, LedgerState, LedgerWriter, Outside, ProvenanceTerms, SweepReport } from '@sallyport/pipeline';
import { createSettableClock, startSimulator } from '@sallyport/simulator';
import type { Repository, Simulator } from '@sallyport/simulator';
import type { Sigstore } from '../../packages/pipeline/src/provenance/sigstore.fixture.ts';
import { startGatekeeper } from './gatekeeper-process.ts';
import type { GatekeeperInputs, GatekeeperProcess } from './gatekeeper-process.ts';
import { makeShop, name, proposeChange } from './gatekeeper-repository.ts';
import type { Environment, Person, Shop } from './gatekeeper-repository.ts';

/** A Wednesday. */
const startAt = Date.parse('2026-11-18T09:00:00Z');

export type Record = { readonly ledger: VerifiedLedger; readonly state: LedgerState };

/** acme/shop with one change that landed as it should, on a simulated GitHub that is held to GitHub's own description. */
export type Scene = {
  readonly simulator: Simulator;
  readonly repository: Repository;
  /** An admin. */
  readonly ada: Person;
  /** May write. */
  readonly ben: Person;
  readonly inputs: GatekeeperInputs;
  /** The commit of main that landed as it should. */
  readonly landed: string;
  /** Everything outside, as the gatekeeper App. */
  connect(): Outside;
  /** Another pull request of ada, tested and approved by ben; the merge gate is asked only when `judged`. Gives its number. */
  propose(topic: string, options: { readonly judged: boolean }): Promise<number>;
  /** Registers a build of a commit, the landed one unless told, of one file (of `bytes`, if given) and `images`; gives its digest. */
  register(version: string, of?: string, images?: readonly string[], bytes?: Buffer): Promise<string>;
  /** Sweeps once in this process, without waiting for what it starts. */
  sweep(): Promise<SweepReport>;
  /** Sweeps in this process, letting deploys end, until nothing is left to do. */
  settle(): Promise<void>;
  /** Starts the real bundle. */
  start(options?: { readonly inputs?: Partial<GatekeeperInputs>; readonly clockErrorMilliseconds?: number }): Promise<GatekeeperProcess>;
  /** The ledger as anybody can verify it. Throws when it is not intact. */
  readRecord(): Promise<Record>;
  /** Git in the bare repository itself, past every rule. */
  readonly git: (args: readonly string[], options?: { readonly input?: string; readonly indexFile?: string }) => string;
  /** Promotion tags that exist, by name, with the commit each points to and its message. */
  tags(environment: string): readonly { readonly name: string; readonly commit: string; readonly message: string }[];
  stop(): Promise<void>;
};

/** `sigstore`: the policy requires provenance that it vouches for, and what is registered is signed. `actions`: those that workflows can use, by name, with their folders. `deploy`: the deploy workflow, if not one that works at once. */
export async function startScene(last: Environment, { sigstore = null, actions = new Map<string, string>(), deploy }: { readonly sigstore?: Sigstore | null; readonly actions?: ReadonlyMap<string, string>; readonly deploy?: string } = {}): Promise<Scene> {
  const folder = await mkdtemp(join(tmpdir(), 'sallyport-gatekeeper-'));
  await mkdir(join(folder, 'github'));
  const simulator = await startSimulator({ clock: createSettableClock({ at: startAt }), dataDir: join(folder, 'github'), actions, contract: true });
  const ledgerKey = generateLedgerKey();
  const shop = await makeShop(simulator, ledgerKey, last, sigstore?.trustRoot ?? null, deploy);
  const { repository, ada, ben, app } = shop;
  const inputs = { appId: String(app.id), appKey: app.keyPem, ledgerKey };
  const blobs: BlobCache = new Map();
  const connect = (): Keeper => connectKeeper(simulator, inputs, blobs);
  const git: Scene['git'] = (args, { input = '', indexFile } = {}) =>
    execFileSync('git', ['--git-dir', repository.gitDir, ...args], { input, encoding: 'utf8', env: { PATH: process.env['PATH'], HOME: folder, GIT_CONFIG_NOSYSTEM: '1', ...person, ...(indexFile === undefined ? {} : { GIT_INDEX_FILE: indexFile }) } }).trimEnd();

  const commit = await land(simulator, shop, connect());
  return {
    simulator,
    repository,
    ada,
    ben,
    inputs,
    landed: commit,
    connect: () => connect().outside,
    propose: (topic, { judged }) => (judged ? admit(simulator, shop, connect(), topic) : proposeChange(shop, simulator, topic)),
    register: async (version, of = commit, images = [], bytes = Buffer.from(`shop ${version}\n`)) => {
      const { outside, ledger } = connect();
      const files = [{ name: 'shop.txt', bytes }];
      const registration = await registerBuild(outside, await ledger(), { version, commit: of, workflow: '.github/workflows/build.yml', runId: 1, files, images }, sigstore === null ? 'none' : await sign(outside, sigstore, { commit: of, files, images }));
      if (registration.state !== 'registered') throw new Error(`${version} is ${registration.state}.`);
      return registration.digest;
    },
    sweep: () => sweepOnce(connect()),
    settle: async () => {
      for (let round = 0; round < 6; round += 1) {
        const { state, effects, problems } = await sweepOnce(connect());
        if (state !== 'swept') throw new Error(`The sweep ended ${state}: ${problems.join('; ')}`);
        await simulator.idle();
        if (effects.length === 0) return;
      }
      throw new Error('The repository did not come to rest.');
    },
    start: ({ inputs: changed = {}, clockErrorMilliseconds = 0 } = {}) =>
      startGatekeeper({ folder, apiUrl: simulator.url, sha: commit, inputs: { ...inputs, ...changed }, clockOffsetMilliseconds: simulator.clock.now() - Date.now() + clockErrorMilliseconds }),
    readRecord: () => readRecord(connect().outside),
    git,
    tags: (environment) =>
      git(['for-each-ref', '--format=%(refname:strip=2) %(*objectname)', `refs/tags/promote/${environment}/`])
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => line.split(' '))
        .map(([tag = '', target = '']) => ({ name: tag, commit: target, message: git(['for-each-ref', '--format=%(contents)', `refs/tags/${tag}`]) })),
    stop: async () => {
      await simulator.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const person = { GIT_AUTHOR_NAME: 'mallory', GIT_AUTHOR_EMAIL: 'mallory@example.invalid', GIT_COMMITTER_NAME: 'mallory', GIT_COMMITTER_EMAIL: 'mallory@example.invalid' } as const;

/** A fresh Ed25519 key, PKCS#8 PEM. */
export const generateLedgerKey = (): string => generateKeyPairSync('ed25519', { publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } }).privateKey;

type OpenLedger = (policy: CurrentPolicy) => LedgerWriter;
type Keeper = { readonly outside: Outside; readonly openLedger: OpenLedger; readonly ledger: () => Promise<LedgerWriter> };

/**
 * The gatekeeper App in this process. A client of its own each time, because one client paces its writes as GitHub asks;
 * with a token made here, because an App's JWT is dated by this machine and this GitHub has a time of its own.
 */
function connectKeeper(simulator: Simulator, { appId, appKey, ledgerKey }: GatekeeperInputs, blobs: BlobCache): Keeper {
  const app = simulator.world.apps.get(Number(appId));
  if (app === undefined) throw new Error(`There is no App ${appId}.`);
  const token = `ghs_${randomBytes(18).toString('hex')}`;
  simulator.world.tokens.set(token, { kind: 'installation', app: app.id, permissions: app.permissions, expiresAt: simulator.clock.now() + 60 * 60 * 1000 });
  const client = { ...createGitHubClient({ baseUrl: simulator.url, auth: { kind: 'token', token }, userAgent: 'sallyport-acceptance', fetch: asAppItself(simulator, { appId, appKey }) }), appId: app.id };
  const outside = connectGitHub({ client, repository: name, localNow: () => simulator.clock.now(), blobs });
  const openLedger: OpenLedger = (policy) => openLedgerWriter(outside.ledger, { policy: policy.sealed.value, repository: name, privateKeyPem: ledgerKey, sleep: () => Promise.resolve(), jitter: () => 0 });
  return { outside, openLedger, ledger: async () => openLedger(await policyOf(outside)) };
}

const sweepOnce = ({ outside, openLedger }: Keeper): Promise<SweepReport> => sweep(outside, { dryRun: false, openLedger });

/** What the App asks as itself goes with a JWT of the simulated time. */
function asAppItself({ clock }: Simulator, { appId, appKey }: Pick<GatekeeperInputs, 'appId' | 'appKey'>): typeof fetch {
  return (input, init) => {
    const request = new Request(input, init);
    if (new URL(request.url).pathname !== '/app') return fetch(request);
    const seconds = Math.floor(clock.now() / 1000);
    const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const claims = `${part({ alg: 'RS256', typ: 'JWT' })}.${part({ iss: appId, iat: seconds, exp: seconds + 60 })}`;
    const signature = createSign('RSA-SHA256').update(claims).sign(appKey, 'base64url');
    request.headers.set('authorization', `Bearer ${claims}.${signature}`);
    return fetch(request);
  };
}

/** What the build workflow of acme/shop would sign. */
async function sign(outside: Outside, sigstore: Sigstore, { commit, files, images }: { readonly commit: string; readonly files: readonly BuildFile[]; readonly images: readonly string[] }): Promise<ProvenanceTerms> {
  const repository = await outside.changes.repository();
  const trust = await readTrustRoot(outside.trustRoots, (await policyOf(outside)).sealed.value);
  if (trust.state !== 'read') throw new Error(trust.problem);
  const bundle = await sigstore.attest([...files.map(({ bytes }) => sha256(bytes)), ...images.map((text) => text.split('@')).map(([image = '', digest = '']) => ({ name: image, digest }))], { extensions: { 13: commit, 15: String(repository.id) } });
  return { bundle: Buffer.from(JSON.stringify(bundle)), repository, root: trust.root };
}

async function policyOf(outside: Outside): Promise<CurrentPolicy> {
  const reading = await readPolicy(outside.policy);
  if (reading.state !== 'valid') throw new Error(`The policy is ${reading.state}.`);
  return reading.current;
}

async function readRecord(outside: Outside): Promise<Record> {
  const { sealed } = await policyOf(outside);
  const ledger = requireIntact(await openLedgerReader(outside.ledger, { policy: sealed.value, repository: name }).read(), 'nothing can be said');
  return { ledger, state: readState(ledger) };
}

/** Tests run, ben approves, the merge gate admits. Gives the number. */
async function admit(simulator: Simulator, shop: Shop, { outside, openLedger }: Keeper, topic?: string): Promise<number> {
  const number = await proposeChange(shop, simulator, topic);
  const judgement = await runMergeGate(outside, readPolicy(outside.policy), atHead(number), { openLedger, render: ({ subject }) => ({ title: subject, summary: subject }) });
  if (judgement.state !== 'decided' || judgement.decision.outcome !== 'allow') throw new Error(`The merge gate does not admit the change: ${JSON.stringify(judgement)}`);
  return number;
}

/** An admitted change that ada merges. Gives the commit of main. */
async function land(simulator: Simulator, shop: Shop, keeper: Keeper): Promise<string> {
  const number = await admit(simulator, shop, keeper);
  const merged = await shop.ada.send('PUT', `/pulls/${number}/merge`, { merge_method: 'merge' });
  await simulator.idle();
  return String(merged['sha']);
}
