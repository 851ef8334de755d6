import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { connectGitHub, createGitHubClient } from '@sallyport/github';
import type { BlobCache } from '@sallyport/github';
import { verifierKey } from '@sallyport/ledger';
import { createLedgerOpener, ledgerOrigin } from '@sallyport/pipeline';
import type { CurrentPolicy, LedgerWriter, Outside } from '@sallyport/pipeline';
import { createSettableClock, startSimulator } from '@sallyport/simulator';
import type { App, Repository, RoleName, Simulator, User } from '@sallyport/simulator';
import { lock } from '../acceptance/gatekeeper-repository.ts';
import { policyPath, policyText, startAt } from './policies.ts';
import type { PolicyName } from './policies.ts';
import { pathOf } from './wire.ts';

export const name = { owner: 'acme', name: 'shop' } as const;
export const deployWorkflow = '.github/workflows/deploy.yml';
export const ciWorkflow = '.github/workflows/ci.yml';

/** Everyone who acts, with the role they have. lea and leo are security leads, and trudy is an outsider. */
const cast = { ann: 'write', ben: 'write', cho: 'write', mallory: 'write', rika: 'maintain', lea: 'write', leo: 'write', root: 'admin', trudy: 'read' } as const satisfies Record<string, RoleName>;
export type Name = keyof typeof cast;
export const names = Object.keys(cast) as readonly Name[];

export type Answer = { readonly ok: boolean; readonly status: number; readonly body: Record<string, unknown> };

/** acme/shop as an adopter has it, on a simulated GitHub whose clock stands until it is moved, and whose workflows the model plays itself. */
export type Shop = {
  readonly simulator: Simulator;
  readonly repository: Repository;
  readonly people: Readonly<Record<Name, User>>;
  readonly app: App;
  readonly now: () => number;
  /** Text of a policy with this ledger's key. */
  policy(name: PolicyName): string;
  /** One request of a person. */
  send(as: Name, method: string, path: string, body?: unknown): Promise<Answer>;
  /** Everything outside as a run of ours has it, through `fetch`; a deploy job may only read. */
  connect(as: 'gatekeeper' | 'deploy', options: { readonly fetch: typeof globalThis.fetch; readonly clockErrorMilliseconds?: number; /** Puts something between ours and its ports. */ readonly wrap?: (outside: Outside) => Outside }): { readonly outside: Outside; readonly openLedger: (policy: CurrentPolicy) => LedgerWriter };
  stop(): Promise<void>;
};

const keeperPermissions = { actions: 'read', checks: 'write', contents: 'write', deployments: 'read', issues: 'write', members: 'read', metadata: 'read', pull_requests: 'read' } as const;
const readPermissions = { actions: 'read', contents: 'read', issues: 'read', metadata: 'read', pull_requests: 'read' } as const;

// One for all stories: which key signs decides nothing.
const ledgerKey = generateKeyPairSync('ed25519', { publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } }).privateKey;
const publicKey = verifierKey(ledgerOrigin(name), ledgerKey);

export async function startShop(policy: PolicyName = 'plain'): Promise<Shop> {
  const folder = await mkdtemp(join(tmpdir(), 'sallyport-model-'));
  const clock = createSettableClock({ at: startAt, frozen: true });
  const simulator = await startSimulator({ clock, dataDir: folder, actions: new Map(), workflows: 'ignore' });
  const { admin } = simulator;
  admin.createOrganization(name.owner);
  const people = Object.fromEntries(names.map((login) => [login, admin.createUser(login)])) as Record<Name, User>;
  admin.createTeam('acme', 'security-leads', [people.lea, people.leo]);
  const files = { 'README.md': '# Shop\n', [policyPath]: policyText(policy, publicKey), [ciWorkflow]: 'on: pull_request\n', [deployWorkflow]: "on: { push: { tags: ['promote/**'] } }\n" };
  const repository = await admin.createRepository({ ...name, author: people.root, files });
  for (const login of names) admin.setRole(repository, people[login], cast[login]);
  const tokens = Object.fromEntries(names.map((login) => [login, admin.createToken(people[login])])) as Record<Name, string>;
  const app = installApp(simulator);
  const blobs: BlobCache = new Map();

  const send: Shop['send'] = async (as, method, path, body) => {
    const answer = await simulator.fetch(`${simulator.url}/repos/acme/shop${path}`, { method, headers: { authorization: `Bearer ${tokens[as]}`, 'content-type': 'application/json' }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    const text = await answer.text();
    return { ok: answer.ok, status: answer.status, body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>) };
  };
  await lock({ send: async (...request) => (await must(send('root', ...request))).body }, app.id);
  return {
    simulator,
    repository,
    people,
    app,
    send,
    now: () => clock.now(),
    policy: (wanted) => policyText(wanted, publicKey),
    connect: (as, { fetch, clockErrorMilliseconds = 0, wrap = (outside) => outside }) => {
      // A token each time: GitHub counts an hour's requests by token.
      const token = `ghs_${randomBytes(18).toString('hex')}`;
      simulator.world.tokens.set(token, { kind: 'installation', app: app.id, permissions: as === 'gatekeeper' ? keeperPermissions : readPermissions, expiresAt: clock.now() + 60 * 60 * 1000 });
      const client = { ...createGitHubClient({ baseUrl: simulator.url, auth: { kind: 'token', token }, userAgent: 'sallyport-model', fetch: standInForApp(fetch, app), retries: 1, waitUnitMilliseconds: 1 }), appId: app.id };
      const outside = wrap(connectGitHub({ client, repository: name, localNow: () => clock.now() + clockErrorMilliseconds, blobs }));
      const open = createLedgerOpener(outside.ledger, { privateKeyPem: ledgerKey, sleep: () => Promise.resolve(), jitter: () => 0 });
      return { outside, openLedger: (policy) => open({ policy: policy.sealed.value, repository: name }) };
    },
    stop: async () => {
      await simulator.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Who the App is, GitHub tells only for a JWT that is dated by this machine, and the story has a time of its own. */
const standInForApp = (fetch: typeof globalThis.fetch, { id, slug }: App): typeof globalThis.fetch => (input, init) =>
  pathOf(input) === '/app' ? Promise.resolve(Response.json({ id, slug })) : fetch(input, init);

/** The gatekeeper App, without a key: here it comes with tokens that were made for it. */
function installApp({ world, context }: Simulator): App {
  const bot: User = { id: context.nextId(), login: 'sallyport-gatekeeper[bot]', type: 'Bot', suspended: false };
  world.users.set(bot.login, bot);
  const app: App = { id: context.nextId(), slug: 'sallyport-gatekeeper', publicKeyPem: '', installationId: context.nextId(), permissions: keeperPermissions, bot };
  world.apps.set(app.id, app);
  return app;
}

/** The answer of a request that has to work. */
export async function must(answer: Promise<Answer>): Promise<Answer> {
  const given = await answer;
  if (!given.ok) throw new Error(`The model's own request was answered ${given.status}: ${JSON.stringify(given.body)}`);
  return given;
}
