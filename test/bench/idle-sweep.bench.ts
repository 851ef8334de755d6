import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ask, mergeFactsOf, sealFacts } from '@sallyport/gates/testing';
import { connectGitHub, createGitHubClient } from '@sallyport/github';
import { appendEntries, verifierKey } from '@sallyport/ledger';
import type { EntryBody } from '@sallyport/ledger';
import { createMemoryStore, testContext } from '@sallyport/ledger/testing';
import { decisionDocument, ledgerOrigin, openLedgerWriter, sweep } from '@sallyport/pipeline';
import type { LedgerWriter } from '@sallyport/pipeline';
import { createSettableClock, startSimulator } from '@sallyport/simulator';
import type { Repository, Simulator } from '@sallyport/simulator';
import { atMost, told } from './row.ts';
import type { Row } from './row.ts';

const ages = [100, 1000, 10_000] as const;
const rounds = 2;
/** As `releaseOf` makes them. */
const entriesOfRelease = 7;
const name = { owner: 'acme', name: 'shop' } as const;
const permissions = { actions: 'read', checks: 'write', contents: 'write', deployments: 'read', issues: 'write', members: 'read', metadata: 'read', pull_requests: 'read' } as const;
const ledgerKey = generateKeyPairSync('ed25519', { publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } }).privateKey;
const origin = ledgerOrigin(name);
const trusted = verifierKey(origin, ledgerKey);

const policyText = `version: 1
repository: acme/shop
merge:
  tests: [{ check: unit, workflow: .github/workflows/ci.yml }]
build: { provenance: none }
environments:
  staging: { promote: automatic }
  production: { after: { environment: staging, soak: 1h }, window: anytime, promote: automatic, must-fit: false }
ledger: { keys: ["${trusted}"] }
`;

/** Of one sweep that finds nothing to do; what is asked only to learn the time is left out. */
type Idle = { readonly requests: number; readonly gitFetches: number; readonly milliseconds: number };

/**
 * What a sweep with nothing to do costs by the age of the repository, counted in entries of its ledger: a figure of DESIGN, “Cost”. The action starts
 * anew each time and keeps nothing (ADR 0023), so that is `cold`; `warm` is the next sweep of the same process, of which the action has none.
 */
export default async function measureIdleSweep(): Promise<readonly Row[]> {
  const measured = new Map<number, { readonly cold: Idle; readonly warm: Idle }>();
  for (const age of ages) measured.set(age, await measureAt(age));
  const at = (age: (typeof ages)[number], how: 'cold' | 'warm'): Idle => measured.get(age)?.[how] ?? { requests: NaN, gitFetches: NaN, milliseconds: NaN };
  return (['cold', 'warm'] as const).flatMap((how) => {
    const first = at(100, how);
    const more = at(10_000, how).requests + at(10_000, how).gitFetches - first.requests - first.gitFetches;
    return [
      ...ages.map((age) => told(`idle sweep, ${said[how]}, ${age.toLocaleString('en-US')} entries: requests and fetches by git`, at(age, how).requests + at(age, how).gitFetches, `of them ${at(age, how).gitFetches} by git`)),
      atMost(`idle sweep, ${said[how]}: more of them at 10,000 entries than at 100`, Math.max(0, more), 'requests', 0),
      ...ages.slice(1).map((age) => told(`idle sweep, ${said[how]}: ${age.toLocaleString('en-US')} entries against 100`, Number((at(age, how).milliseconds / first.milliseconds).toFixed(2)), 'times as long')),
    ];
  });
}

const said = { cold: 'as the action runs', warm: 'again in the same process' } as const;

async function measureAt(age: number): Promise<{ readonly cold: Idle; readonly warm: Idle }> {
  const folder = await mkdtemp(join(tmpdir(), 'sallyport-bench-'));
  await mkdir(join(folder, 'github'));
  // An App's JWT is dated by the machine, so the simulated time is the machine's.
  const simulator = await startSimulator({ clock: createSettableClock({ at: Date.now() }), dataDir: join(folder, 'github'), actions: new Map(), workflows: 'ignore' });
  try {
    const { admin } = simulator;
    admin.createOrganization(name.owner);
    const owner = admin.createUser('olga');
    const repository = await admin.createRepository({ ...name, author: owner, files: { 'README.md': '# Shop\n', '.github/sallyport.yml': policyText, '.github/workflows/ci.yml': 'on: pull_request\n' } });
    admin.setRole(repository, owner, 'admin');
    const { app, privateKeyPem } = admin.createApp({ slug: 'sallyport-gatekeeper', permissions });
    await growOld(repository, age);
    const connect = (): Keeper => connectKeeper(simulator, app.id, privateKeyPem);
    // Records what a first sweep records: the policy.
    await sweepWith(simulator, connect(), 'anything');
    const cold = await bestOf(() => sweepWith(simulator, connect(), 'nothing'));
    const kept = connect();
    await sweepWith(simulator, kept, 'nothing');
    return { cold, warm: await bestOf(() => sweepWith(simulator, kept, 'nothing')) };
  } finally {
    await simulator.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

type Keeper = { readonly outside: ReturnType<typeof connectGitHub>; readonly openLedger: Parameters<typeof sweep>[1]['openLedger'] };

/** As the action connects; its ledger stays open as long as what this gives is kept. */
function connectKeeper(simulator: Simulator, appId: number, privateKeyPem: string): Keeper {
  const client = createGitHubClient({ baseUrl: simulator.url, auth: { kind: 'app', appId, privateKeyPem, ...name }, userAgent: 'sallyport-bench', retries: 0 });
  const outside = connectGitHub({ client, repository: name, localNow: () => simulator.clock.now() });
  let writer: LedgerWriter | null = null;
  return { outside, openLedger: (policy) => (writer ??= openLedgerWriter(outside.ledger, { policy: policy.sealed.value, repository: name, privateKeyPem: ledgerKey, sleep: () => Promise.resolve(), jitter: () => 0 })) };
}

async function sweepWith(simulator: Simulator, { outside, openLedger }: Keeper, finds: 'nothing' | 'anything'): Promise<Idle> {
  const paths: string[] = [];
  const stop = simulator.beforeRequest(({ path }) => void paths.push(path));
  const startedAt = performance.now();
  const { state, effects, problems } = await sweep(outside, { dryRun: false, openLedger });
  const milliseconds = performance.now() - startedAt;
  stop();
  if (state !== 'swept' || (finds === 'nothing' && effects.length > 0)) throw new Error(`a sweep with nothing to do must do nothing; it is ${state} and did ${effects.map(({ effect }) => effect).join(', ') || 'nothing'}: ${problems.join('; ')}`);
  // The time is asked for once more when the last answer is a second old: that is a slow machine, not an old repository.
  const asked = paths.filter((path) => path !== `/repos/${name.owner}/${name.name}`);
  const byGit = asked.filter((path) => /\/(?:info\/refs|git-upload-pack)$/.test(path));
  return { requests: asked.length - byGit.length, gitFetches: byGit.filter((path) => path.endsWith('/info/refs')).length, milliseconds };
}

async function bestOf(work: () => Promise<Idle>): Promise<Idle> {
  let best = await work();
  for (let round = 1; round < rounds; round += 1) {
    const next = await work();
    if (next.milliseconds < best.milliseconds) best = next;
  }
  return best;
}

/** The past of a repository whose builds went to staging and to production one after the other: its ledger and its promotion tags. */
async function growOld({ gitDir }: Repository, age: number): Promise<void> {
  const commit = execFileSync('git', ['--git-dir', gitDir, 'rev-parse', 'refs/heads/main'], { encoding: 'utf8' }).trim();
  const releases = Math.floor(age / entriesOfRelease);
  const store = createMemoryStore();
  const context = testContext({ store, origin, privateKeyPem: ledgerKey, keys: [trusted] });
  const decided = decisionMade();
  await appendEntries(context, Array.from({ length: releases }, (_, index) => releaseOf(index + 1, commit, decided)).flat());
  const who = 'Sallyport <sallyport@example.invalid> 1770000000 +0000';
  const data = (bytes: Uint8Array): readonly Uint8Array[] => [Buffer.from(`data ${bytes.length}\n`), bytes, Buffer.from('\n')];
  const stream = [
    Buffer.from(`commit refs/heads/sallyport-ledger\ncommitter ${who}\n`),
    ...data(Buffer.from('Grow old')),
    ...[...store.files()].flatMap(([path, bytes]) => [Buffer.from(`M 100644 inline ${path}\n`), ...data(bytes)]),
    ...Array.from({ length: releases }, (_, index) => ['staging', 'production'].flatMap((environment) => [Buffer.from(`tag promote/${environment}/${index + 1}\nfrom ${commit}\ntagger ${who}\n`), ...data(Buffer.from('Promote'))])).flat(),
  ];
  execFileSync('git', ['--git-dir', gitDir, 'fast-import', '--quiet'], { input: Buffer.concat(stream) });
}

const at = '2026-03-02T10:00:00Z';

function releaseOf(number: number, commit: string, decided: EntryBody): readonly { readonly key: string; readonly body: EntryBody }[] {
  const build = `sha256:${number.toString(16).padStart(64, '0')}`;
  const version = `1.0.${number}`;
  const promotion = (environment: string): readonly { readonly key: string; readonly body: EntryBody }[] => [
    { key: `promotion:${environment}:${number}`, body: { type: 'promotion-intended', environment, number, tag: `promote/${environment}/${number}`, build, version, commit, decisionIndex: 0, override: null } },
    { key: `end:${environment}:${number}`, body: { type: 'promotion-ended', environment, number, build, outcome: 'succeeded', reason: 'the deploy ended well', runId: number, startedAt: at, endedAt: at } },
  ];
  return [
    { key: `decision:${number}`, body: decided },
    { key: `build:${number}`, body: { type: 'build-registered', digest: build, version, commit, artifacts: [{ name: 'shop.tar.gz', digest: build, sizeBytes: 4096 }], workflow: '.github/workflows/build.yml', runId: number, release: `build/${version}` } },
    ...promotion('staging'),
    ...promotion('production'),
    { key: `published:${number}`, body: { type: 'release-published', version, tag: `v${version}`, build, environment: 'production', number } },
  ];
}

function decisionMade(): EntryBody {
  const facts = mergeFactsOf();
  const made = ask(facts);
  return { type: 'decision-made', gate: made.gate, subject: made.subject, outcome: made.outcome, decision: decisionDocument(made), facts: sealFacts(facts).document as Record<string, unknown> };
}
