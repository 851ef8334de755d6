import { createSign } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createContract, createSettableClock, startSimulator, type Contract, type Simulator } from '@sallyport/simulator';

type Identity = 'alice' | 'bob' | 'gatekeeper' | 'jwt' | 'nobody' | 'stranger';
type Call = { readonly as?: Identity; readonly body?: unknown; readonly bytes?: Uint8Array; readonly headers?: Readonly<Record<string, string>>; readonly expect?: number };
type Answer = {
  readonly headers: Headers;
  /** The text of one value of the body, e.g. `object.sha` or `jobs.0.id`; fails the test when there is none. */
  at(path: string): string;
};

export type SimulatedRepository = {
  readonly simulator: Simulator;
  readonly contract: Contract;
  /** Path of the repository in the REST interface. */
  readonly path: string;
  /** Sends one request; fails the test when the status is not the expected one (default: any below 300). */
  call(request: string, options?: Call): Promise<Answer>;
  /** Clone URL that carries alice's token. */
  readonly gitUrl: string;
  stop(): Promise<void>;
};

const ci = `name: ci
on: { push: { branches: [main] }, workflow_dispatch: {} }
jobs:
  unit:
    runs-on: ubuntu-24.04
    steps:
      - run: echo tested
`;

const permissions = { metadata: 'read', contents: 'write', checks: 'write', statuses: 'write', deployments: 'write', issues: 'write', pull_requests: 'write', actions: 'write', administration: 'write', environments: 'write', members: 'read' } as const;

/** A repository of two people and one App on a simulator of its own, every exchange held against the contract. */
export async function simulateRepository(): Promise<SimulatedRepository> {
  const dataDir = await mkdtemp(join(tmpdir(), 'sallyport-contract-'));
  const clock = createSettableClock({ at: Date.parse('2026-11-16T17:00:00Z') });
  const simulator = await startSimulator({ clock, dataDir, actions: new Map() });
  const contract = createContract();
  simulator.observe((exchange) => {
    contract.check(exchange);
  });
  const { admin } = simulator;
  const alice = admin.createUser('alice');
  const bob = admin.createUser('bob');
  const stranger = admin.createUser('stranger');
  admin.createOrganization('acme');
  admin.createTeam('acme', 'security-leads', [bob]);
  const { app, privateKeyPem } = admin.createApp({ slug: 'gatekeeper', permissions });
  const repository = await admin.createRepository({ owner: 'acme', name: 'shop', author: alice, files: { 'README.md': '# shop\n', 'src/price.mjs': 'export const price = 1;\n', '.github/workflows/ci.yml': ci } });
  admin.setRole(repository, alice, 'admin');
  admin.setRole(repository, bob, 'write');
  const tokens = new Map<Identity, string>([['alice', admin.createToken(alice)], ['bob', admin.createToken(bob)], ['stranger', admin.createToken(stranger)], ['nobody', 'ghp_wrong']]);

  const authorization = async (as: Identity): Promise<string> => {
    if (as === 'jwt') return `Bearer ${signJwt(app.id, privateKeyPem, clock.now())}`;
    if (as === 'gatekeeper' && !tokens.has(as)) {
      const made = await call(`POST /app/installations/${app.installationId}/access_tokens`, { as: 'jwt', body: { repositories: ['shop'] } });
      tokens.set(as, made.at('token'));
    }
    return `Bearer ${tokens.get(as) ?? ''}`;
  };
  const call = async (request: string, { as = 'alice', body, bytes, headers = {}, expect }: Call = {}): Promise<Answer> => {
    const [method = '', path = ''] = request.split(' ');
    const payload = bytes === undefined ? (body === undefined ? {} : { body: JSON.stringify(body) }) : { body: new Uint8Array(bytes) };
    const type = bytes === undefined ? {} : { 'content-type': 'application/octet-stream' };
    const response = await fetch(`${simulator.url}${path}`, {
      method,
      headers: { accept: 'application/vnd.github+json', authorization: await authorization(as), 'user-agent': 'contract test', ...type, ...headers },
      ...payload,
    });
    const text = await response.text();
    if (expect === undefined ? response.status >= 300 : response.status !== expect) throw new Error(`${request} as ${as} answered ${response.status}, not ${expect ?? 'success'}: ${text.slice(0, 600)}`);
    return { headers: response.headers, at: (place) => valueAt(text, place) };
  };
  return {
    simulator,
    contract,
    path: '/repos/acme/shop',
    call,
    gitUrl: simulator.gitUrl(repository, tokens.get('alice') ?? ''),
    stop: async () => {
      await simulator.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

function valueAt(text: string, place: string): string {
  const found = place.split('.').reduce<unknown>((node, part) => (node as Record<string, unknown> | null)?.[part], JSON.parse(text));
  if (typeof found !== 'string' && typeof found !== 'number') throw new Error(`The answer has no ${place}: ${text.slice(0, 300)}`);
  return String(found);
}

function signJwt(appId: number, privateKeyPem: string, now: number): string {
  const seconds = Math.floor(now / 1000);
  const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const unsigned = `${encode({ alg: 'RS256', typ: 'JWT' })}.${encode({ iat: seconds - 30, exp: seconds + 540, iss: String(appId) })}`;
  return `${unsigned}.${createSign('RSA-SHA256').update(unsigned).sign(privateKeyPem, 'base64url')}`;
}
