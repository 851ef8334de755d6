import type { MergeFacts } from '@sallyport/gates';
import type { Policy } from '@sallyport/policy';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createGitHubClient } from './client.ts';
import { connectGitHub } from './connect.ts';
import { ci, plainPolicy, policyOf, startMergeScene } from './merge-scene.fixture.ts';
import type { MergeScene } from './merge-scene.fixture.ts';

let scene: MergeScene;
beforeAll(async () => {
  scene = await startMergeScene({}, { latencyMilliseconds: 40 });
});
afterAll(() => scene.stop());

describe('beyond what GitHub lists', () => {
  it('a change of 260 commits and 3,100 files is complete', async () => {
    await scene.simulator.admin.growBranch(scene.repository, { branch: 'large', author: scene.people.cleo, commits: 260, files: 3100 });
    const { commits, files, pullRequest } = await scene.gather(await scene.open('large'));
    expect([commits.complete, commits.items.length, commits.items.at(-1)?.sha]).toEqual([true, 260, pullRequest.head.sha]);
    expect([files.complete, files.items.length, new Set(files.items.map(({ path }) => path)).size]).toEqual([true, 3100, 3100]);
    expect(files.items.every(({ kind, status }) => status === 'added' && kind !== null && 'known' in kind && kind.known === 'file')).toBe(true);
  }, 60_000);
});

describe('earlier heads', () => {
  it('beyond 20 that were left behind make the former commits incomplete', async () => {
    const base = await scene.tipOf('main');
    const heads = await Promise.all(Array.from({ length: 22 }, (_, index) => scene.commitOn([base], [{ path: 'many.txt', content: `${index}\n` }])));
    const number = await scene.openPull('many', heads[0] ?? '');
    for (const head of heads.slice(1, 21)) await scene.call(scene.tokens.ada, 'PATCH', '/git/refs/heads/many', { sha: head, force: true });
    const twenty = await scene.gather(number);
    expect([twenty.formerCommits.complete, twenty.formerCommits.items.length]).toEqual([true, 20]);
    await scene.call(scene.tokens.ada, 'PATCH', '/git/refs/heads/many', { sha: heads[21], force: true });
    expect((await scene.gather(number)).formerCommits).toMatchObject({ complete: false, missing: expect.stringContaining('only 20 are looked into') as string });
  }, 60_000);

  it('beyond 5 that were approved are not proved', async () => {
    const { admin } = scene.simulator;
    const number = await scene.openPull('approved', await scene.commitOn([await scene.tipOf('main')], [{ path: 'approved.txt', content: 'a\n' }]));
    for (let index = 0; index < 6; index += 1) {
      admin.addReviews(scene.repository, number, [{ user: admin.createUser(`reviewer${index}`), state: 'APPROVED' }]);
      scene.pass(100);
      await scene.call(scene.tokens.ada, 'PATCH', '/git/refs/heads/approved', { sha: await scene.commitOn([await scene.tipOf('approved')], [{ path: 'approved.txt', content: `${index}\n` }]) });
      scene.pass(100);
    }
    const { carryOver } = await scene.gather(number);
    expect(carryOver).toMatchObject({ complete: false, missing: expect.stringContaining('6 earlier heads were approved, and only 5 are looked into') as string });
    expect(carryOver.items).toHaveLength(5);
  }, 60_000);
});

type Asked = { readonly what: string; readonly startedAt: number; readonly endedAt: number };

/** The longest row of requests of which each began when the one before had ended. */
function inSequence(asked: readonly Asked[]): number {
  let endedAt = Number.NEGATIVE_INFINITY;
  let count = 0;
  for (const one of [...asked].sort((left, right) => left.endedAt - right.endedAt)) {
    if (one.startedAt < endedAt) continue;
    count += 1;
    endedAt = one.endedAt;
  }
  return count;
}

type Around = (path: string, ask: () => Promise<Response>) => Promise<Response>;

/** Gathers as ada does, and writes down what is asked. `around` can do something before or after a request. */
async function gatherTimed(number: number, policy: Policy, around: Around = (_path, ask) => ask()): Promise<{ readonly facts: MergeFacts | null; readonly asked: readonly Asked[] }> {
  const asked: Asked[] = [];
  const timed: typeof fetch = async (input, init) => {
    const { pathname, search } = new URL(input instanceof Request ? input.url : input.toString());
    const path = pathname.replace('/repos/acme/shop', '');
    const startedAt = performance.now();
    const answer = await around(path, () => fetch(input, init));
    asked.push({ what: `${path}${search}`, startedAt, endedAt: performance.now() });
    return answer;
  };
  const client = createGitHubClient({ baseUrl: scene.simulator.url, auth: { kind: 'token', token: scene.tokens.ada }, userAgent: 'test', retries: 0, fetch: timed });
  const { changes } = connectGitHub({ client, repository: { owner: 'acme', name: 'shop' }, localNow: () => scene.simulator.clock.now() });
  return { facts: await changes.gatherMergeFacts({ pullRequest: number, group: null }, Promise.resolve(policy)), asked };
}

describe('the cost', () => {
  it('of 30 commits, 12 reviews and 25 checks is 13 requests in three rounds', async () => {
    const { admin } = scene.simulator;
    const head = await admin.growBranch(scene.repository, { branch: 'cost', author: scene.people.ada, commits: 30 });
    const number = await scene.open('cost');
    admin.addReviews(scene.repository, number, Array.from({ length: 12 }, (_, index) => ({ user: index % 2 === 0 ? scene.people.ben : scene.people.cleo, state: index < 10 ? ('COMMENTED' as const) : ('APPROVED' as const) })));
    admin.addRun(scene.repository, { workflow: ci, event: 'pull_request', headSha: head, headBranch: 'cost', user: scene.people.ada, pulls: [number], jobs: Array.from({ length: 25 }, (_, index) => ({ name: index === 0 ? 'unit' : `job ${index}`, conclusion: 'success' })) });
    const policy = policyOf(`  tests:\n    - { check: unit, workflow: ${ci} }\n  review:\n    sensitive:\n      - { paths: ["infra/**"], approvals: 1, team: acme/platform }\n`);
    const { facts, asked } = await gatherTimed(number, policy);
    expect([facts?.commits.items.length, facts?.reviews.items.length, facts?.checks.items.length]).toEqual([30, 12, 25]);
    const list = asked.map(({ what }) => what).join('\n');
    expect(asked.length, list).toBeLessThanOrEqual(13);
    expect(inSequence(asked), list).toBeLessThanOrEqual(3);
  });

  it('of 260 commits is no first page of a comparison', async () => {
    const main = await scene.tipOf('main');
    const head = await scene.simulator.admin.growBranch(scene.repository, { branch: 'long', author: scene.people.ada, commits: 260, files: 3100 });
    const { facts, asked } = await gatherTimed(await scene.open('long'), plainPolicy);
    expect([facts?.commits.complete, facts?.commits.items.length, facts?.files.complete, facts?.files.items.length]).toEqual([true, 260, true, 3100]);
    expect(asked.flatMap(({ what }) => (what.startsWith('/compare/') ? [what] : [])).sort()).toEqual([2, 3].map((page) => `/compare/main...${head}?page=${page}&per_page=100`));
    expect(facts?.commits.items[0]?.parents).toEqual([main]);
  }, 60_000);
});

describe('a head that moves while it is read', () => {
  it('does not hide who wrote its first hundred commits', async () => {
    const { simulator, repository, people } = scene;
    const main = await scene.tipOf('main');
    const head = await simulator.admin.growBranch(repository, { branch: 'written', from: main, author: people.ben, commits: 260 });
    await simulator.admin.growBranch(repository, { branch: 'shown', from: main, author: people.cleo, commits: 260 });
    const number = await scene.open('shown');
    let tellListed = (): void => undefined;
    const listed = new Promise<void>((resolve) => (tellListed = resolve));
    const { facts } = await gatherTimed(number, plainPolicy, async (path, ask) => {
      if (path === `/pulls/${number}`) {
        await listed;
        await simulator.admin.moveBranch(repository, people.cleo, 'shown', head);
      }
      const answer = await ask();
      if (path === `/pulls/${number}/commits`) tellListed();
      return answer;
    });
    expect(facts?.pullRequest.head.sha).toBe(head);
    expect([facts?.commits.complete, facts?.commits.items.length, facts?.commits.items.at(-1)?.sha]).toEqual([true, 260, head]);
    expect(new Set(facts?.commits.items.map(({ author }) => ('known' in author ? author.known.login : author.unknown)))).toEqual(new Set(['ben']));
  }, 60_000);
});
