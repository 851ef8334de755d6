import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectGitHub, createFileCache, createGitHubClient } from '@sallyport/github';
import type { AnswerCache } from '@sallyport/github';
import { judgeMerge } from '@sallyport/pipeline';
import { createSettableClock, startSimulator } from '@sallyport/simulator';
import type { Repository, Simulator } from '@sallyport/simulator';
import { countRoundTrips, isFurtherPage, recordFetch } from './recorded-fetch.ts';
import { atMost, told } from './row.ts';
import type { Row } from './row.ts';

const latencyMilliseconds = 80;
const roundTripBudget = 3;
const requestBudget = 14;
const name = { owner: 'acme', name: 'shop' };
const workflow = '.github/workflows/ci.yml';

const policyText = `version: 1
repository: acme/shop
merge:
  tests:
    - { check: unit, workflow: ${workflow} }
    - { check: integration, workflow: ${workflow} }
  review:
    approvals: 1
`;

type Change = { readonly branch: string; readonly commits: number; readonly files: number };

/** What a merge decision asks GitHub, when every answer is 80 ms away: figures of DESIGN, “Cost”. */
export default async function measureMergeDecision(): Promise<readonly Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'sallyport-bench-'));
  const simulator = await startSimulator({ clock: createSettableClock({ at: Date.now() - 3_600_000 }), dataDir: join(folder, 'github'), actions: new Map(), workflows: 'ignore', latencyMilliseconds });
  try {
    const scene = await setScene(simulator);
    const ordinary = await scene.open({ branch: 'ordinary', commits: 30, files: 30 });
    const huge = await scene.open({ branch: 'huge', commits: 400, files: 3500 });
    const cache = createFileCache({ directory: join(folder, 'answers'), now: () => Date.now() });
    const cold = await judge(simulator, scene.token, ordinary, cache);
    if (cold.outcome !== 'allow') throw new Error(`the ordinary change must be allowed, or less would be looked at; it is ${cold.outcome}: ${cold.why}`);
    const again = await judge(simulator, scene.token, ordinary, cache);
    const long = await judge(simulator, scene.token, huge, null);
    return [
      ...rowsOf('30 commits, 12 reviews, 25 checks', cold),
      atMost('the same again: answers that came whole', again.exchanges.filter(({ status }) => status !== 304).length, 'answers', 0),
      ...rowsOf('the same again', again),
      ...rowsOf('400 commits, 3,500 files', long),
      told('400 commits, 3,500 files: further pages', long.exchanges.filter(isFurtherPage).length, 'requests'),
    ];
  } finally {
    await simulator.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

type Scene = { readonly token: string; open(change: Change): Promise<number> };

async function setScene(simulator: Simulator): Promise<Scene> {
  const { admin } = simulator;
  admin.createOrganization(name.owner);
  const [owner, author, reviewer] = [admin.createUser('olga'), admin.createUser('ana'), admin.createUser('ben')];
  const repository = await admin.createRepository({ ...name, author: owner, files: { 'README.md': '# Shop\n', '.github/sallyport.yml': policyText, [workflow]: 'on: pull_request\n' }, at: simulator.clock.now() - 86_400_000 });
  admin.setRole(repository, owner, 'admin');
  for (const person of [author, reviewer]) admin.setRole(repository, person, 'write');
  const token = admin.createToken(owner);
  const open = async ({ branch, commits, files }: Change): Promise<number> => {
    const head = await admin.growBranch(repository, { branch, author, commits, files });
    simulator.clock.advance(600_000);
    const number = await openPull(simulator, admin.createToken(author), branch);
    const opinion = (index: number) => ({ user: reviewer, state: index === 11 ? ('APPROVED' as const) : ('COMMENTED' as const), at: simulator.clock.now() + (index - 12) * 1000 });
    simulator.clock.advance(600_000);
    admin.addReviews(repository, number, Array.from({ length: 12 }, (_, index) => opinion(index)));
    addRuns(simulator, repository, { head, branch, number });
    return number;
  };
  return { token, open };
}

/** 25 checks of 5 workflows, as jobs of their runs. */
function addRuns({ admin, world }: Simulator, repository: Repository, { head, branch, number }: { readonly head: string; readonly branch: string; readonly number: number }): void {
  const user = world.users.get('ana');
  if (user === undefined) throw new Error('ana is not there');
  for (let run = 0; run < 5; run += 1) {
    const names = run === 0 ? ['unit', 'integration', 'lint', 'types', 'docs'] : Array.from({ length: 5 }, (_, job) => `build ${run}.${job}`);
    admin.addRun(repository, { event: 'pull_request', headSha: head, headBranch: branch, workflow: run === 0 ? workflow : `.github/workflows/build-${run}.yml`, user, pulls: [number], jobs: names.map((job) => ({ name: job, conclusion: 'success' })) });
  }
}

async function openPull(simulator: Simulator, token: string, branch: string): Promise<number> {
  const answer = await fetch(`${simulator.url}/repos/${name.owner}/${name.name}/pulls`, { method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, body: JSON.stringify({ title: branch, head: branch, base: 'main' }) });
  const { number } = (await answer.json()) as { readonly number?: number };
  if (number === undefined) throw new Error(`no pull request for ${branch}: ${answer.status}`);
  return number;
}

type Judged = ReturnType<typeof recordFetch> & { readonly outcome: string; readonly why: string; readonly milliseconds: number };

/** As a person with a token in a process of its own: nothing is known but what `cache` holds. */
async function judge(simulator: Simulator, token: string, pullRequest: number, cache: AnswerCache | null): Promise<Judged> {
  const recorder = recordFetch();
  const client = createGitHubClient({ baseUrl: simulator.url, auth: { kind: 'token', token }, userAgent: 'sallyport-bench', retries: 0, fetch: recorder.fetch, ...(cache === null ? {} : { cache }) });
  const outside = connectGitHub({ client, repository: name, localNow: () => simulator.clock.now() });
  const startedAt = performance.now();
  const judgement = await judgeMerge(outside, { pullRequest, group: null });
  const milliseconds = performance.now() - startedAt;
  if (judgement.state !== 'decided') throw new Error(`#${pullRequest} was not decided: ${judgement.state}`);
  const why = judgement.decision.rules.filter(({ outcome }) => outcome !== 'allow').map(({ summary }) => summary).join(' ');
  return { ...recorder, outcome: judgement.decision.outcome, why, milliseconds };
}

function rowsOf(what: string, { exchanges, milliseconds }: Judged): readonly Row[] {
  return [
    atMost(`${what}: round trips`, countRoundTrips(exchanges), 'in sequence', roundTripBudget),
    atMost(`${what}: requests, further pages left out`, exchanges.filter((exchange) => !isFurtherPage(exchange)).length, 'requests', requestBudget),
    told(`${what}: time, in round trips`, Number((milliseconds / latencyMilliseconds).toFixed(2)), `times ${latencyMilliseconds} ms`),
  ];
}
