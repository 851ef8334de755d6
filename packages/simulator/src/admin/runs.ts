import { actionsAppId } from '../auth/viewer.ts';
import type { SimulatorContext } from '../context.ts';
import { fullNameOf, repositoryPage } from '../http/present/repository.ts';
import type { CheckRun, CheckSuite, Job, Repository, User, WorkflowRun } from '../world/world.ts';
import { jobsOf, startAttempt } from '../workflows/attempts.ts';

/** A job that has ended, or with a null conclusion still runs. */
export type NewJob = { readonly name: string; readonly conclusion: string | null };
export type NewRun = Pick<WorkflowRun, 'event' | 'headSha'> & {
  /** Path of the workflow file. */
  readonly workflow: string;
  readonly user: User;
  readonly jobs: readonly NewJob[];
  readonly headBranch?: string | null;
  /** `owner/name`; default: the repository itself. */
  readonly headRepository?: string;
  readonly pulls?: readonly number[];
  readonly referencedWorkflows?: WorkflowRun['referencedWorkflows'];
  /** Default: what the jobs come to. */
  readonly status?: WorkflowRun['status'];
  readonly conclusion?: string | null;
  readonly at?: number;
};
export type NewCheck = { readonly name: string; readonly headSha: string; readonly conclusion: string | null; readonly app?: number; readonly at?: number };

/** Runs and checks without machines: what the records would hold had they run. */
export type RunsAdmin = {
  addRun(repository: Repository, run: NewRun): WorkflowRun;
  /** Ends a run that was added with jobs that still ran: by job name, what each came to. */
  endRun(repository: Repository, run: WorkflowRun, conclusions: ReadonlyMap<string, string>): void;
  /** The next attempt of a completed run, by `user`. Jobs it does not name are kept from the attempt before. */
  addAttempt(repository: Repository, run: WorkflowRun, attempt: { readonly user: User; readonly jobs: readonly NewJob[]; readonly at?: number }): void;
  /** Checks as Apps post them (default: GitHub Actions, hence in the suite of whichever run came first). */
  addChecks(repository: Repository, checks: readonly NewCheck[]): readonly CheckRun[];
};

export function createRunsAdmin(context: SimulatorContext): RunsAdmin {
  return {
    addRun: (repository, wanted) => {
      const run = newRun(context, repository, wanted);
      repository.runs.push(run);
      addJobs(context, repository, run, wanted.jobs, run.createdAt);
      settle(run, wanted);
      return run;
    },
    endRun: (repository, run, conclusions) => {
      const at = context.clock.now();
      for (const job of jobsOf(run, run).filter(({ conclusion }) => conclusion === null)) {
        const ended = { status: 'completed', conclusion: conclusions.get(job.name) ?? 'skipped', completedAt: at } as const;
        Object.assign(job, ended);
        for (const check of repository.checkRuns.filter(({ id }) => id === job.id)) Object.assign(check, ended);
      }
      run.updatedAt = at;
      settle(run, {});
    },
    addAttempt: (repository, run, { user, jobs, at = context.clock.now() }) => {
      const names = new Set(jobs.map(({ name }) => name));
      startAttempt(run, user, at, jobsOf(run, run).filter(({ name }) => !names.has(name)).map(({ id }) => id));
      addJobs(context, repository, run, jobs, at);
      settle(run, {});
    },
    addChecks: (repository, checks) => {
      const suites = new Map<string, CheckSuite>();
      for (const suite of repository.checkSuites.toReversed()) suites.set(`${String(suite.app)} ${suite.headSha}`, suite);
      return checks.map(({ name, headSha, conclusion, app = actionsAppId, at = context.clock.now() }) => {
        const key = `${String(app)} ${headSha}`;
        const suite = suites.get(key) ?? newSuite(context, repository, { headSha, headBranch: null, app, createdAt: at });
        suites.set(key, suite);
        return addCheck(context, repository, { suite: suite.id, headSha, app, name, conclusion, at, job: null });
      });
    },
  };
}

function newSuite(context: SimulatorContext, repository: Repository, suite: Omit<CheckSuite, 'id'>): CheckSuite {
  const made = { id: context.nextId(), ...suite };
  repository.checkSuites.push(made);
  return made;
}

function newRun(context: SimulatorContext, repository: Repository, wanted: NewRun): WorkflowRun {
  const at = wanted.at ?? context.clock.now();
  const workflow = repository.workflows.get(wanted.workflow) ?? { id: context.nextId(), path: wanted.workflow, name: wanted.workflow };
  repository.workflows.set(wanted.workflow, workflow);
  const headBranch = wanted.headBranch ?? null;
  return {
    id: context.nextId(),
    number: repository.runs.filter((one) => one.workflow === wanted.workflow).length + 1,
    workflow: wanted.workflow,
    name: workflow.name,
    event: wanted.event,
    headSha: wanted.headSha,
    headBranch,
    ref: `refs/heads/${headBranch ?? repository.defaultBranch}`,
    suite: newSuite(context, repository, { headSha: wanted.headSha, headBranch, app: actionsAppId, createdAt: at }).id,
    attempt: 1,
    status: 'queued',
    conclusion: null,
    actor: wanted.user,
    triggeringActor: wanted.user,
    createdAt: at,
    updatedAt: at,
    startedAt: at,
    payload: {},
    jobs: [],
    carriedJobs: [],
    pastAttempts: [],
    pulls: wanted.pulls ?? [],
    headRepository: wanted.headRepository ?? fullNameOf(repository),
    referencedWorkflows: wanted.referencedWorkflows ?? [],
  };
}

function addJobs(context: SimulatorContext, repository: Repository, run: WorkflowRun, jobs: readonly NewJob[], at: number): void {
  for (const { name, conclusion } of jobs) {
    const check = addCheck(context, repository, { suite: run.suite, headSha: run.headSha, app: actionsAppId, name, conclusion, at, job: run.id });
    const job: Job = { id: check.id, key: name, name, attempt: run.attempt, status: check.status, conclusion, startedAt: at, completedAt: check.completedAt, steps: [], log: '', summary: '' };
    run.jobs.push(job);
  }
}

type Wanted = Pick<CheckRun, 'suite' | 'headSha' | 'app' | 'name' | 'conclusion'> & { readonly at: number; /** The run whose job it is. */ readonly job: number | null };

function addCheck(context: SimulatorContext, repository: Repository, { at, job: run, conclusion, ...rest }: Wanted): CheckRun {
  const id = context.nextId();
  const page = repositoryPage(context.url(), repository);
  const check: CheckRun = {
    ...rest,
    id,
    conclusion,
    status: conclusion === null ? 'in_progress' : 'completed',
    externalId: '',
    detailsUrl: run === null ? `${page}/runs/${String(id)}` : `${page}/actions/runs/${String(run)}/job/${String(id)}`,
    startedAt: at,
    completedAt: conclusion === null ? null : at,
    output: { title: null, summary: null, text: null, annotations: [] },
    job: run === null ? null : id,
  };
  repository.checkRuns.push(check);
  return check;
}

/** A run ends with its last job, as badly as the worst of them. */
function settle(run: WorkflowRun, said: Pick<NewRun, 'status' | 'conclusion'>): void {
  const jobs = jobsOf(run, run);
  const running = jobs.some(({ conclusion }) => conclusion === null);
  const conclusions = jobs.map(({ conclusion }) => conclusion);
  const worst = ['failure', 'cancelled', 'success'].find((one) => conclusions.includes(one)) ?? conclusions[0] ?? 'success';
  run.status = said.status ?? (running ? 'in_progress' : 'completed');
  run.conclusion = said.conclusion ?? (run.status === 'completed' ? worst : null);
}
