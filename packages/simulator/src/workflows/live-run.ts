import type { SimulatorContext } from '../context.ts';
import type { CheckRun, Environment, Job, Repository, WorkflowRun } from '../world/world.ts';
import { actionsAppId } from '../auth/viewer.ts';
import { fullNameOf } from '../http/present/repository.ts';
import { runPage } from './present/run.ts';
import type { RunPlan } from './plan-runs.ts';

export type JobOutcome = { readonly result: 'success' | 'failure' | 'cancelled' | 'skipped'; readonly outputs: Readonly<Record<string, string>> };

/** A recorded run with what its jobs need; kept for reruns. */
export type LiveRun = { readonly run: WorkflowRun; readonly plan: RunPlan; readonly depth: number; abort: AbortController; /** What each job last came to. */ readonly outcomes: Map<string, JobOutcome> };

/** Records a run and its check suite. `depth`: how many workflow_run events lie before it. */
export function recordRun(context: SimulatorContext, plan: RunPlan, depth: number): LiveRun {
  const { repository } = plan;
  const at = context.clock.now();
  const suite = { id: context.nextId(), headSha: plan.headSha, headBranch: plan.headBranch, app: actionsAppId, createdAt: at };
  repository.checkSuites.push(suite);
  const run: WorkflowRun = {
    id: context.nextId(),
    number: repository.runs.filter((one) => one.workflow === plan.found.path).length + 1,
    workflow: plan.found.path,
    name: repository.workflows.get(plan.found.path)?.name ?? plan.found.path,
    event: plan.event,
    headSha: plan.headSha,
    headBranch: plan.headBranch,
    ref: plan.ref,
    suite: suite.id,
    attempt: 1,
    status: 'queued',
    conclusion: null,
    actor: plan.actor.user,
    triggeringActor: plan.actor.user,
    createdAt: at,
    updatedAt: at,
    startedAt: at,
    payload: plan.payload,
    jobs: [],
    carriedJobs: [],
    pastAttempts: [],
    pulls: plan.pull === null || plan.pull.head.repository !== fullNameOf(repository) ? [] : [plan.pull.number],
    headRepository: plan.pull?.head.repository ?? fullNameOf(repository),
    referencedWorkflows: [],
  };
  repository.runs.push(run);
  return { run, plan, depth, abort: new AbortController(), outcomes: new Map() };
}

/** Records a job and its check run; they share their id, as at GitHub. */
export function recordJob(context: SimulatorContext, live: LiveRun, key: string, name: string): { readonly job: Job; readonly check: CheckRun } {
  const { run, plan } = live;
  const id = context.nextId();
  const at = context.clock.now();
  const job: Job = { id, key, name, attempt: run.attempt, status: 'queued', conclusion: null, startedAt: at, completedAt: null, steps: [], log: '', summary: '' };
  const check: CheckRun = {
    id,
    suite: run.suite,
    headSha: run.headSha,
    app: actionsAppId,
    name,
    status: 'queued',
    conclusion: null,
    externalId: `${String(run.id)}:${key}:${String(run.attempt)}`,
    detailsUrl: `${runPage(context.url(), plan.repository, run)}/job/${String(id)}`,
    startedAt: at,
    completedAt: null,
    output: { title: null, summary: null, text: null, annotations: [] },
    job: id,
  };
  run.jobs.push(job);
  plan.repository.checkRuns.push(check);
  return { job, check };
}

export function startJob(context: SimulatorContext, job: Job, check: CheckRun): void {
  const at = context.clock.now();
  Object.assign(job, { status: 'in_progress', startedAt: at });
  Object.assign(check, { status: 'in_progress', startedAt: at });
}

export function completeJob(context: SimulatorContext, job: Job, check: CheckRun, conclusion: string): void {
  const at = context.clock.now();
  Object.assign(job, { status: 'completed', conclusion, completedAt: at });
  Object.assign(check, { status: 'completed', conclusion, completedAt: at });
}

/** Environment names compare without regard to case. A job that names an unknown one makes it, unprotected. */
export function environmentOf(context: SimulatorContext, repository: Repository, name: string): Environment {
  for (const [known, environment] of repository.environments) if (known.toLowerCase() === name.toLowerCase()) return environment;
  const made: Environment = { id: context.nextId(), name, branchPolicy: null, policies: [], canAdminsBypass: true, customRules: [], secrets: { values: new Map(), key: null }, createdAt: context.clock.now() };
  repository.environments.set(name, made);
  return made;
}
