import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mergeFacts } from '@sallyport/gates';
import type { MergeFacts } from '@sallyport/gates';
import type { MergeTarget } from '@sallyport/pipeline';
import type { Policy } from '@sallyport/policy';
import { parsePolicy } from '@sallyport/policy';
import { createSettableClock, startSimulator } from '@sallyport/simulator';
import type { Repository, Simulator, User } from '@sallyport/simulator';
import * as z from 'zod';
import { createGitHubClient } from './client.ts';
import { connectGitHub } from './connect.ts';

export const ci = '.github/workflows/ci.yml';

type Name = 'ada' | 'ben' | 'cleo';
export type Entry = { readonly path: string; readonly mode?: string; readonly type?: string; readonly content?: string; readonly sha?: string | null };

/** acme/shop on a running simulator, where ada opens pull requests and their facts are gathered. */
export type MergeScene = {
  readonly simulator: Simulator;
  readonly repository: Repository;
  readonly people: Readonly<Record<Name, User>>;
  readonly tokens: Readonly<Record<Name, string>>;
  call(token: string, method: string, path: string, body?: unknown): Promise<unknown>;
  tipOf(branch: string): Promise<string>;
  /** A commit on top of `parents`, of the first one's tree with these entries laid over it; on no branch yet. */
  commitOn(parents: readonly string[], entries: readonly Entry[], message?: string): Promise<string>;
  /** A pull request from a branch that is made with this head. */
  openPull(branch: string, head: string): Promise<number>;
  /** One from `head` as GitHub names it: a branch that is there, or `account:branch` of a fork. */
  open(head: string, token?: string): Promise<number>;
  gather(target: number | MergeTarget, policy?: Policy): Promise<MergeFacts>;
  pass(seconds: number): void;
  stop(): Promise<void>;
};

export function policyOf(merge: string): Policy {
  const parsed = parsePolicy(`version: 1\nrepository: acme/shop\nmerge:\n${merge}`, { file: 'sallyport.yml' });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.policy;
}

export const plainPolicy = policyOf(`  tests:\n    - { check: unit, workflow: ${ci} }\n`);

const sha = z.looseObject({ sha: z.string() });

export async function startMergeScene(files: Readonly<Record<string, string>> = {}, { latencyMilliseconds = 0 } = {}): Promise<MergeScene> {
  const dataDir = await mkdtemp(join(tmpdir(), 'merge-scene-'));
  const simulator = await startSimulator({ clock: createSettableClock({ at: Date.parse('2026-11-18T09:00:00Z'), frozen: true }), dataDir, actions: new Map(), workflows: 'ignore', latencyMilliseconds });
  const { admin } = simulator;
  admin.createOrganization('acme');
  const people = { ada: admin.createUser('ada'), ben: admin.createUser('ben'), cleo: admin.createUser('cleo') };
  const repository = await admin.createRepository({ owner: 'acme', name: 'shop', author: people.ada, visibility: 'public', files: { 'README.md': '# Shop\n', 'src/a.txt': 'a\n', [ci]: 'on: pull_request\n', ...files } });
  admin.createTeam('acme', 'platform', [people.ben]);
  for (const person of Object.values(people)) admin.setRole(repository, person, 'write');
  const tokens = { ada: admin.createToken(people.ada), ben: admin.createToken(people.ben), cleo: admin.createToken(people.cleo) };

  const call: MergeScene['call'] = async (token, method, path, body) => {
    const response = await fetch(`${simulator.url}/repos/acme/shop${path}`, { method, headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === '' ? null : (JSON.parse(text) as unknown);
  };
  const pass = (seconds: number): void => simulator.clock.advance(seconds * 1000);
  const open: MergeScene['open'] = async (head, token = tokens.ada) => {
    pass(5);
    const { number } = z.looseObject({ number: z.int() }).parse(await call(token, 'POST', '/pulls', { title: head, head, base: 'main' }));
    pass(100);
    return number;
  };
  return {
    simulator,
    repository,
    people,
    tokens,
    call,
    open,
    pass,
    tipOf: async (branch) => z.looseObject({ object: sha }).parse(await call(tokens.ada, 'GET', `/git/ref/heads/${branch}`)).object.sha,
    commitOn: async (parents, entries, message = 'Change') => {
      const tree = sha.parse(await call(tokens.ada, 'POST', '/git/trees', { base_tree: parents[0], tree: entries.map((entry) => ({ mode: '100644', type: 'blob', ...entry })) }));
      return sha.parse(await call(tokens.ada, 'POST', '/git/commits', { message, tree: tree.sha, parents })).sha;
    },
    openPull: async (branch, head) => {
      await call(tokens.ada, 'POST', '/git/refs', { ref: `refs/heads/${branch}`, sha: head });
      return open(branch);
    },
    gather: async (target, policy = plainPolicy) => {
      const client = createGitHubClient({ baseUrl: simulator.url, auth: { kind: 'token', token: tokens.ada }, userAgent: 'test', retries: 0 });
      const { changes } = connectGitHub({ client, repository: { owner: 'acme', name: 'shop' }, localNow: () => simulator.clock.now() });
      const facts = await changes.gatherMergeFacts(typeof target === 'number' ? { pullRequest: target, group: null } : target, Promise.resolve(policy));
      if (facts === null) throw new Error('no such pull request');
      // What does not fit the published schema fails here.
      z.encode(mergeFacts, facts);
      return facts;
    },
    stop: async () => {
      await simulator.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
