import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SettableClock } from './context.ts';
import { createSettableClock } from './settable-clock.ts';
import { startSimulator, type Simulator, type SimulatorOptions } from './start-simulator.ts';
import type { App, Repository, User } from './world/world.ts';

/** A small team on a running simulator, for this package's own tests. */
export type Fixture = {
  readonly simulator: Simulator;
  readonly clock: SettableClock;
  readonly repository: Repository;
  readonly author: User;
  readonly reviewer: User;
  readonly app: App;
  readonly appKey: string;
  readonly tokens: { readonly author: string; readonly reviewer: string; readonly admin: string };
  /** Calls the REST interface with a token and gives status, headers and JSON. */
  call(token: string | null, method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  stop(): Promise<void>;
};
export type Answer = { readonly status: number; readonly headers: Headers; readonly json: unknown };

export const wednesday = Date.parse('2026-11-18T09:00:00Z');

export async function startFixture(options: Partial<Pick<SimulatorOptions, 'latencyMilliseconds' | 'workflows'>> = {}): Promise<Fixture> {
  const dataDir = await mkdtemp(join(tmpdir(), 'simulator-test-'));
  const clock = createSettableClock({ at: wednesday, frozen: true });
  const simulator = await startSimulator({ clock, dataDir, actions: new Map(), workflows: 'ignore', contract: true, ...options });
  const { admin } = simulator;
  admin.createOrganization('acme');
  const author = admin.createUser('ada');
  const reviewer = admin.createUser('grace');
  const owner = admin.createUser('root');
  const { app, privateKeyPem } = admin.createApp({ slug: 'sallyport', permissions: { contents: 'write', checks: 'write', pull_requests: 'write', issues: 'write', members: 'read' } });
  const repository = await admin.createRepository({ owner: 'acme', name: 'shop', files: { 'README.md': '# Shop\n', 'src/app.js': 'export const a = 1;\n' }, author: owner });
  admin.setRole(repository, author, 'write');
  admin.setRole(repository, reviewer, 'write');
  admin.setRole(repository, owner, 'admin');
  return {
    simulator,
    clock,
    repository,
    author,
    reviewer,
    app,
    appKey: privateKeyPem,
    tokens: { author: admin.createToken(author), reviewer: admin.createToken(reviewer), admin: admin.createToken(owner) },
    call: (token, method, path, body, headers = {}) => call(simulator.url, token, method, path, body, headers),
    stop: async () => {
      await simulator.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function call(url: string, token: string | null, method: string, path: string, body: unknown, headers: Readonly<Record<string, string>>): Promise<Answer> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { ...(token === null ? {} : { authorization: `Bearer ${token}` }), ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, json: text === '' ? null : (JSON.parse(text) as unknown) };
}
