import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Decision } from '@sallyport/gates';
import { connectGitHub, createGitHubClient } from '@sallyport/github';
import { judgeMerge } from '@sallyport/pipeline';
import type { MergeTarget, Outside } from '@sallyport/pipeline';
import { createSettableClock, startSimulator } from '@sallyport/simulator';
import type { Repository, Simulator } from '@sallyport/simulator';

export type Name = 'ana' | 'ben' | 'cho';

/** acme/shop on a simulated GitHub that runs its workflows, with three people who may write. */
export type Scene = {
  readonly simulator: Simulator;
  readonly repository: Repository;
  /** One request of a person; gives the JSON of the answer. Throws for any answer that is no success. */
  call(as: Name, request: string, body?: unknown): Promise<unknown>;
  pass(seconds: number): void;
  /** What the merge gate says of a pull request or a group of its queue, from what GitHub answers now. */
  ask(target: MergeTarget): Promise<Decision>;
  readonly outside: Outside;
  stop(): Promise<void>;
};

const policy = `version: 1
repository: acme/shop
merge:
  tests:
    - { check: unit, workflow: .github/workflows/ci.yml }
`;

/** Two jobs of one name. What makes a test fail lies in the repository, so that a change can bring it. */
const workflow = `on: { pull_request: {}, merge_group: {}, workflow_dispatch: {} }
jobs:
  unit:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v5
      - run: sh test.sh
  second:
    name: unit
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v5
      - run: test ! -e fails-in-second-job
`;
const test = 'test ! -e "fails-on-$GITHUB_EVENT_NAME" && test ! -e "fails-in-attempt-$GITHUB_RUN_ATTEMPT"\n';
const files = { 'README.md': '# Shop\n', 'src/cart.txt': 'cart\n', 'test.sh': test, '.github/sallyport.yml': policy, '.github/workflows/ci.yml': workflow };

export async function startScene(): Promise<Scene> {
  const dataDir = await mkdtemp(join(tmpdir(), 'sallyport-conformance-'));
  const simulator = await startSimulator({ clock: createSettableClock({ at: Date.parse('2026-11-23T09:00:00Z'), frozen: true }), dataDir, actions: new Map() });
  const { admin, clock } = simulator;
  admin.createOrganization('acme');
  const [ana, ben, cho] = [admin.createUser('ana'), admin.createUser('ben'), admin.createUser('cho')];
  const repository = await admin.createRepository({ owner: 'acme', name: 'shop', author: ana, files });
  for (const person of [ana, ben, cho]) admin.setRole(repository, person, 'write');
  const tokens: Readonly<Record<Name, string>> = { ana: admin.createToken(ana), ben: admin.createToken(ben), cho: admin.createToken(cho) };
  const client = createGitHubClient({ baseUrl: simulator.url, auth: { kind: 'token', token: tokens.cho }, userAgent: 'sallyport-conformance', retries: 0 });
  const outside = connectGitHub({ client, repository: { owner: 'acme', name: 'shop' }, localNow: () => clock.now() });
  return {
    simulator,
    repository,
    outside,
    pass: (seconds) => {
      clock.advance(seconds * 1000);
    },
    call: (as, request, body) => call(simulator.url, tokens[as], request, body),
    ask: async (target) => {
      const judged = await judgeMerge(outside, target);
      if (judged.state !== 'decided') throw new Error(`#${target.pullRequest} was not decided: ${judged.state}`);
      return judged.decision;
    },
    stop: async () => {
      await simulator.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function call(url: string, token: string, request: string, body: unknown): Promise<unknown> {
  const [method = '', path = ''] = request.split(' ');
  const response = await fetch(`${url}/repos/acme/shop${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${request}: ${response.status} ${text}`);
  return text === '' ? null : (JSON.parse(text) as unknown);
}
