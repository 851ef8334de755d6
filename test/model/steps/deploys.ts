import { askToStart, fetchBuild, openLedgerReader } from '@sallyport/pipeline';
import type { StartAnswer } from '@sallyport/pipeline';
import type { WorkflowRun } from '@sallyport/simulator';
import type { RawTag, RecordReader } from '../record.ts';
import { deployWorkflow } from '../shop.ts';
import { environments } from '../truth.ts';
import type { Deploy } from '../truth.ts';
import { run, saw } from '../world.ts';
import type { Hands, RunOptions, World } from '../world.ts';
import { choose, pick } from './step.ts';
import type { Step } from './step.ts';

/** Tags whose push has not yet started its run. */
export async function waitingTags({ truth }: World, record: RecordReader): Promise<readonly RawTag[]> {
  const lists = await Promise.all(environments.map((environment) => record.tags(environment)));
  return lists.flat().filter((tag) => !truth.deploys.some((deploy) => deploy.tag === tag.name));
}

/** The deploy job: asks whether it may start, fetches what it deploys, and from there on the environment is being changed. */
async function ask({ outside }: Hands, deploy: Deploy): Promise<{ readonly answer: StartAnswer; readonly fetched: boolean }> {
  const answer = await askToStart(outside, (policy, repository) => openLedgerReader(outside.ledger, { policy: policy.sealed.value, repository }), { tag: `refs/tags/${deploy.tag}`, commit: deploy.commit, environment: deploy.environment, workflow: deployWorkflow });
  if (answer.state !== 'decided' || answer.decision.outcome !== 'allow') return { answer, fetched: false };
  return { answer, fetched: (await fetchBuild(outside.builds, answer.build)).state === 'fetched' };
}

async function enter(world: World, deploy: Deploy, options: RunOptions): Promise<string> {
  let letIn: Awaited<ReturnType<typeof ask>> | null = null;
  const end = await run(world, async (hands) => {
    letIn = await ask(hands, deploy);
    return letIn.answer.state === 'decided' ? letIn.answer.decision.outcome : `${letIn.answer.state}: ${letIn.answer.reason}`;
  }, { ...options, as: 'deploy' });
  const { answer, fetched } = (letIn as Awaited<ReturnType<typeof ask>> | null) ?? { answer: null, fetched: false };
  if (answer?.state !== 'decided' || !fetched) {
    deploy.state = 'refused';
    conclude(world, deploy, 'failure');
    saw(world, 'deploy refused');
    return `and is not let in (${end.said})`;
  }
  const { truth } = world;
  Object.assign(deploy, { state: 'running', build: answer.build.digest, startedAt: world.shop.now() });
  Object.assign(truth.environments[deploy.environment], { build: null, healthySince: null });
  truth.letIn.push({ deploy, build: answer.build.digest });
  saw(world, `deploy to ${deploy.environment} let in`);
  return 'and is let in';
}

const runOf = ({ shop }: World, { runId }: Deploy): WorkflowRun => {
  const found = shop.repository.runs.find(({ id }) => id === runId);
  if (found === undefined) throw new Error(`There is no run ${runId}.`);
  return found;
};

function conclude(world: World, deploy: Deploy, conclusion: 'success' | 'failure'): void {
  const found = runOf(world, deploy);
  const at = world.shop.now();
  for (const job of found.jobs.filter(({ attempt }) => attempt === found.attempt)) Object.assign(job, { status: 'completed', conclusion, completedAt: at });
  Object.assign(found, { status: 'completed', conclusion, updatedAt: at });
  world.unswept = true;
}

export async function startDeploy(world: World, tag: RawTag, options: RunOptions = {}): Promise<string> {
  const { shop, truth } = world;
  const made = shop.simulator.admin.addRun(shop.repository, { event: 'push', workflow: deployWorkflow, headSha: tag.commit, headBranch: tag.name, user: shop.people.root, jobs: [{ name: tag.environment, conclusion: null }] });
  const deploy: Deploy = { tag: tag.name, environment: tag.environment as Deploy['environment'], commit: tag.commit, runId: made.id, state: 'refused', build: null, startedAt: shop.now() };
  truth.deploys.push(deploy);
  return `the run of ${tag.name} starts ${await enter(world, deploy, options)}`;
}

export const runningDeploys = ({ truth }: World): readonly Deploy[] => truth.deploys.filter(({ state }) => state === 'running');

export function endDeploy(world: World, deploy: Deploy, conclusion: 'success' | 'failure'): string {
  const at = world.shop.now();
  const { build } = deploy;
  deploy.state = conclusion === 'success' ? 'succeeded' : 'failed';
  conclude(world, deploy, conclusion);
  const place = world.truth.environments[deploy.environment];
  if (conclusion === 'success' && build !== null) {
    Object.assign(place, { build, healthySince: at, commit: deploy.commit });
    place.ran.add(build);
    place.durations.push(at - deploy.startedAt);
  }
  saw(world, `deploy to ${deploy.environment} ${deploy.state}`);
  return `the deploy of ${deploy.tag} ${deploy.state === 'succeeded' ? 'succeeds' : 'fails'}`;
}

/** Ours, or the job itself, breaks while it asks. */
export const startTroubles: readonly [RunOptions, ...RunOptions[]] = [
  {},
  {},
  { clockErrorMilliseconds: 3 * 24 * 60 * 60 * 1000 },
  { trouble: { kind: 'reads-fail', path: /\/issues$/ } },
  { trouble: { kind: 'reads-fail', path: /\/git\/ref\// } },
  { trouble: { kind: 'reads-fail', path: /\/commits\// } },
];

export const start: Step = async (world, { n, m }, record) => {
  const tag = pick(await waitingTags(world, record), n);
  return tag === undefined ? null : startDeploy(world, tag, choose(startTroubles, m));
};

export const end: Step = (world, { n, m }) => {
  const deploy = pick(runningDeploys(world), n);
  return deploy === undefined ? null : endDeploy(world, deploy, m % 2 === 0 ? 'failure' : 'success');
};

/** Anyone who may write can. */
export async function rerunDeploy(world: World, deploy: Deploy, options: RunOptions = {}): Promise<string> {
  world.shop.simulator.admin.addAttempt(world.shop.repository, runOf(world, deploy), { user: world.shop.people.mallory, jobs: [{ name: deploy.environment, conclusion: null }] });
  world.unswept = true;
  saw(world, 'deploy run again');
  return `mallory runs ${deploy.tag} again ${await enter(world, deploy, options)}`;
}

/** Finished or refused. */
export const rerun: Step = async (world, { n, m }) => {
  const deploy = pick(world.truth.deploys.filter(({ state }) => state !== 'running'), n);
  return deploy === undefined ? null : rerunDeploy(world, deploy, m % 4 === 0 ? choose(startTroubles, m) : {});
};
