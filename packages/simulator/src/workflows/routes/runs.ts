import { randomBytes } from 'node:crypto';
import type { Hono } from 'hono';
import * as z from 'zod';
import type { SimulatorContext } from '../../context.ts';
import { readCommit, readRef } from '../../git/objects.ts';
import { GitHubError, notFound } from '../../http/github-error.ts';
import { pageOf } from '../../http/pagination.ts';
import { actingUser, bodyOf, numberOf, repositoryOf, type Request, type SimulatorEnv } from '../../http/request.ts';
import type { Attempt, Job, Repository, Workflow, WorkflowRun } from '../../world/world.ts';
import { attemptOf, jobsOf } from '../attempts.ts';
import type { WorkflowEngine } from '../engine.ts';
import { presentJob, presentRun, presentWorkflow } from '../present/run.ts';
import { registerDefaultWorkflows } from '../read-workflows.ts';

const dispatch = z.object({ ref: z.string().min(1), inputs: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).transform(String)).default({}) });

/** Workflows, runs, jobs and their logs. */
export function registerRuns(app: Hono<SimulatorEnv>, context: SimulatorContext, engine: WorkflowEngine): void {
  const actions = '/repos/:owner/:repo/actions';
  const present = async (repository: Repository, run: WorkflowRun) => presentRun(context.world, context.url(), repository, run, await readCommit(repository.objects, run.headSha));
  const list = async (c: Request, repository: Repository, runs: readonly WorkflowRun[]) => {
    const found = runs.filter((run) => passes(c, run)).toReversed();
    return { total_count: found.length, workflow_runs: await Promise.all(pageOf(c, found, context.url()).map((run) => present(repository, run))) };
  };

  app.get(`${actions}/workflows`, async (c) => {
    const repository = repositoryOf(c, context);
    await registerDefaultWorkflows(context, repository);
    const all = [...repository.workflows.values()];
    return c.json({ total_count: all.length, workflows: pageOf(c, all, context.url()).map((workflow) => presentWorkflow(context.url(), repository, workflow)) });
  });
  app.get(`${actions}/workflows/:workflow`, async (c) => {
    const repository = repositoryOf(c, context);
    return c.json(presentWorkflow(context.url(), repository, await workflowOf(c, context, repository)));
  });
  for (const [change, state] of [['disable', 'disabled_manually'], ['enable', 'active']] as const) {
    app.put(`${actions}/workflows/:workflow/${change}`, async (c) => {
      (await workflowOf(c, context, repositoryOf(c, context))).state = state;
      return c.body(null, 204);
    });
  }
  app.get(`${actions}/workflows/:workflow/runs`, async (c) => {
    const repository = repositoryOf(c, context);
    const { path } = await workflowOf(c, context, repository);
    return c.json(await list(c, repository, repository.runs.filter((run) => run.workflow === path)));
  });
  app.post(`${actions}/workflows/:workflow/dispatches`, async (c) => {
    const repository = repositoryOf(c, context);
    const workflow = await workflowOf(c, context, repository);
    const { ref, inputs } = bodyOf(c, dispatch);
    if (Object.keys(inputs).length > 25) throw new GitHubError(422, 'Invalid request.\n\nNo more than 25 properties are allowed; 25 were supplied.');
    await requireDispatchable(context, repository, workflow, ref);
    engine.announce(repository, { kind: 'workflow_dispatch', workflow: workflow.path, ref, inputs }, actingUser(c));
    return c.body(null, 204);
  });

  app.get(`${actions}/runs`, async (c) => {
    const repository = repositoryOf(c, context);
    return c.json(await list(c, repository, repository.runs));
  });
  app.get(`${actions}/runs/:run`, async (c) => {
    const repository = repositoryOf(c, context);
    return c.json(await present(repository, runOf(c, repository)));
  });
  app.post(`${actions}/runs/:run/rerun`, (c) => {
    const run = runOf(c, repositoryOf(c, context));
    if (!engine.rerun(run, actingUser(c).user)) throw new GitHubError(403, 'This workflow run cannot be retried');
    return c.json({}, 201);
  });
  app.post(`${actions}/runs/:run/rerun-failed-jobs`, (c) => {
    const run = runOf(c, repositoryOf(c, context));
    if (!engine.rerun(run, actingUser(c).user, 'failed')) throw new GitHubError(403, 'This workflow run cannot be retried');
    return c.json({}, 201);
  });
  app.get(`${actions}/runs/:run/attempts/:attempt`, async (c) => {
    const repository = repositoryOf(c, context);
    const run = runOf(c, repository);
    return c.json(await present(repository, { ...run, ...wantedAttempt(c, run) }));
  });
  app.get(`${actions}/runs/:run/attempts/:attempt/jobs`, (c) => {
    const repository = repositoryOf(c, context);
    const run = runOf(c, repository);
    const jobs = jobsOf(run, wantedAttempt(c, run));
    return c.json({ total_count: jobs.length, jobs: pageOf(c, jobs, context.url()).map((job) => presentJob(context.url(), repository, run, job)) });
  });
  app.get(`${actions}/runs/:run/jobs`, (c) => {
    const repository = repositoryOf(c, context);
    const run = runOf(c, repository);
    const jobs = c.req.query('filter') === 'all' ? run.jobs : jobsOf(run, run);
    return c.json({ total_count: jobs.length, jobs: pageOf(c, jobs, context.url()).map((job) => presentJob(context.url(), repository, run, job)) });
  });
  app.get(`${actions}/jobs/:job`, (c) => {
    const repository = repositoryOf(c, context);
    const { run, job } = jobOf(c, repository);
    return c.json(presentJob(context.url(), repository, run, job));
  });
  registerLogs(app, context);
}

/** Logs are fetched where a redirect leads, with an address that nobody can guess and no credentials, as at GitHub. */
function registerLogs(app: Hono<SimulatorEnv>, context: SimulatorContext): void {
  const addresses = new Map<string, Job>();
  app.get('/repos/:owner/:repo/actions/jobs/:job/logs', (c) => {
    const { job } = jobOf(c, repositoryOf(c, context));
    const address = randomBytes(16).toString('hex');
    addresses.set(address, job);
    return c.redirect(`${context.url()}/_storage/logs/${address}`, 302);
  });
  app.get('/_storage/logs/:address', (c) => {
    const job = addresses.get(c.req.param('address'));
    if (job === undefined) throw notFound();
    return c.text(job.log);
  });
}

function passes(c: Request, run: WorkflowRun): boolean {
  const { head_sha: sha, event, status, branch, check_suite_id: suite, actor, created } = c.req.query();
  return (
    (sha === undefined || run.headSha === sha) &&
    (event === undefined || run.event === event) &&
    (status === undefined || run.status === status || run.conclusion === status) &&
    (branch === undefined || run.headBranch === branch) &&
    (suite === undefined || String(run.suite) === suite) &&
    (actor === undefined || run.actor.login === actor) &&
    (created === undefined || isWithin(created, run.createdAt))
  );
}

/** `>=from`, `<=to` or `from..to`, as far as anybody asks; GitHub searches by whole seconds. */
function isWithin(range: string, at: number): boolean {
  const [, least, most] = /^>=(.+)$|^<=(.+)$/.exec(range) ?? [];
  const [from = least, to = most] = range.includes('..') ? range.split('..') : [];
  const seconds = Math.floor(at / 1000);
  if (from === undefined && to === undefined) throw new GitHubError(422, `created cannot be ${range}`);
  return (from === undefined || seconds >= Date.parse(from) / 1000) && (to === undefined || seconds <= Date.parse(to) / 1000);
}

async function workflowOf(c: Request, context: SimulatorContext, repository: Repository): Promise<Workflow> {
  await registerDefaultWorkflows(context, repository);
  const wanted = c.req.param('workflow') ?? '';
  const found = [...repository.workflows.values()].find((one) => String(one.id) === wanted || one.path === wanted || one.path === `.github/workflows/${wanted}`);
  if (found === undefined) throw notFound();
  return found;
}

async function requireDispatchable(context: SimulatorContext, repository: Repository, workflow: Workflow, ref: string): Promise<void> {
  if (workflow.state?.startsWith('disabled') === true) throw new GitHubError(422, "Cannot trigger a 'workflow_dispatch' on a disabled workflow");
  const names = ref.startsWith('refs/') ? [ref] : [`refs/heads/${ref}`, `refs/tags/${ref}`];
  const known = await Promise.all(names.map((name) => readRef(repository.objects, name)));
  if (known.every((sha) => sha === null)) throw new GitHubError(422, `No ref found for: ${ref}`);
  const found = (await registerDefaultWorkflows(context, repository)).find((one) => one.path === workflow.path);
  if (found?.reading.kind !== 'workflow' || !found.reading.file.triggers.has('workflow_dispatch')) throw new GitHubError(422, "Workflow does not have 'workflow_dispatch' trigger");
}

function runOf(c: Request, repository: Repository): WorkflowRun {
  const id = numberOf(c, 'run');
  const run = repository.runs.find((one) => one.id === id);
  if (run === undefined) throw notFound();
  return run;
}

function wantedAttempt(c: Request, run: WorkflowRun): Attempt {
  const attempt = attemptOf(run, numberOf(c, 'attempt'));
  if (attempt === undefined) throw notFound();
  return attempt;
}

function jobOf(c: Request, repository: Repository): { readonly run: WorkflowRun; readonly job: Job } {
  const id = numberOf(c, 'job');
  for (const run of repository.runs) {
    const job = run.jobs.find((one) => one.id === id);
    if (job !== undefined) return { run, job };
  }
  throw notFound();
}
