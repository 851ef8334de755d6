import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { SimulatorContext } from '../context.ts';
import { rulesetsFor } from '../rules/match-ref.ts';
import type { JobReport, JobResult } from '../runner/job-request.ts';
import { runJob } from '../runner/run-job.ts';
import { secretsFor } from '../secrets/secret-store.ts';
import type { CheckRun, Environment, Job } from '../world/world.ts';
import { forbiddenActions } from './allowed-actions.ts';
import { addJobStatus, createJobDeployment } from './deployments.ts';
import { decideEntry } from './environment-entry.ts';
import { expandTemplate } from './expressions.ts';
import { gitHubContext } from './github-context.ts';
import { completeJob, environmentOf, startJob, type JobOutcome, type LiveRun } from './live-run.ts';
import { tokenPermissions } from './token-permissions.ts';
import { unsimulatedFilters } from './triggers.ts';
import { unsimulatedParts, type JobDefinition, type WorkflowFile } from './workflow-file.ts';

export type Machine = { readonly actions: ReadonlyMap<string, string>; readonly clockOffsetMilliseconds: () => number };
export type JobToPlay = { readonly live: LiveRun; readonly file: WorkflowFile; readonly key: string; readonly definition: JobDefinition; readonly job: Job; readonly check: CheckRun; readonly needs: Readonly<Record<string, JobOutcome>> };

/** Plays one job that has its place on a machine: environment, token, secrets, steps, deployment. */
export async function playJob(context: SimulatorContext, machine: Machine, toPlay: JobToPlay): Promise<JobOutcome> {
  const { live, file, definition, job, check } = toPlay;
  startJob(context, job, check);
  const unsimulated = [...unsimulatedParts(definition), ...unsimulatedFilters(file, live.run.event)];
  if (unsimulated.length > 0) return refuse(context, toPlay, `not simulated: ${unsimulated.join(', ')}.`);
  const { repository } = live.plan;
  const forbidden = forbiddenActions(repository, definition);
  if (forbidden !== null) return refuse(context, toPlay, forbidden);
  const environment = namedEnvironment(context, toPlay);
  if (environment !== null) {
    const entry = decideEntry(environment, live.run.ref, rulesetsFor(repository, live.run.ref).length > 0);
    if (entry.kind === 'refused') return refuse(context, toPlay, entry.message);
    if (environment.customRules.length > 0) return refuse(context, toPlay, `not simulated: waiting for the custom deployment protection rules of ${environment.name}.`);
  }
  const deployment = environment === null ? null : createJobDeployment(context, live, environment.name);
  if (deployment !== null) addJobStatus(context, live, job, deployment, 'in_progress', null);
  const result = await runOnMachine(context, machine, toPlay, environment);
  check.output = { ...check.output, summary: job.summary === '' ? null : job.summary, annotations: result.annotations };
  if (deployment !== null) addJobStatus(context, live, job, deployment, result.conclusion === 'success' ? 'success' : 'failure', result.environmentUrl);
  completeJob(context, job, check, result.conclusion);
  const forgiven = result.conclusion === 'failure' && definition['continue-on-error'] === true;
  return { result: forgiven ? 'success' : result.conclusion, outputs: result.outputs };
}

function namedEnvironment(context: SimulatorContext, { live, key, definition, needs }: JobToPlay): Environment | null {
  if (definition.environment === undefined) return null;
  const name = expandTemplate(definition.environment.name, { github: gitHubContext(context, live, key), needs, inputs: live.plan.inputs });
  return name === '' ? null : environmentOf(context, live.plan.repository, name);
}

/** Ends a job before its first step. It has seen no secret. */
export function refuse(context: SimulatorContext, { job, check }: Pick<JobToPlay, 'job' | 'check'>, message: string): JobOutcome {
  job.log += `##[error]${message}\n`;
  check.output = { ...check.output, annotations: [{ path: '.github', start_line: 1, end_line: 1, annotation_level: 'failure', message, title: '' }] };
  completeJob(context, job, check, 'failure');
  return { result: 'failure', outputs: {} };
}

async function runOnMachine(context: SimulatorContext, machine: Machine, toPlay: JobToPlay, environment: Environment | null): Promise<JobResult> {
  const { live, file, definition, job, key, needs } = toPlay;
  const { run, plan } = live;
  const { repository } = plan;
  const fullName = `${repository.owner}/${repository.name}`;
  const fork = plan.pull !== null && plan.event !== 'pull_request_target' && plan.pull.head.repository !== fullName;
  const token = `ghs_${randomBytes(20).toString('hex')}`;
  const record = { kind: 'job' as const, repository: fullName, runId: run.id, permissions: tokenPermissions(file.permissions, definition.permissions, fork, repository.actions.defaultToken), revoked: false };
  context.world.tokens.set(token, record);
  // A fork's pull request gets no secret but its own token.
  const stored = fork ? {} : secretsFor(repository, environment);
  const runFolder = join(context.dataDir, 'runs', String(run.id));
  const url = context.url();
  try {
    return await runJob({
      file,
      definition,
      folder: join(runFolder, `job-${String(job.id)}`),
      artifactsFolder: join(runFolder, `artifacts-${String(run.attempt)}`),
      repository: { owner: repository.owner, name: repository.name, gitUrl: `${url}/${fullName}.git` },
      token,
      contexts: { github: { ...gitHubContext(context, live, key), token }, needs, inputs: plan.inputs, vars: {}, secrets: { ...stored, GITHUB_TOKEN: token } },
      event: run.payload,
      // The one place where the machine under the simulator shows: its PATH, its node, its clock.
      machine: { path: process.env['PATH'] ?? '', node: process.execPath, now: () => Date.now(), clockOffsetMilliseconds: context.clock.now() - Date.now() + machine.clockOffsetMilliseconds() },
      actions: machine.actions,
      signal: live.abort.signal,
      report: reportTo(context, job),
    });
  } finally {
    record.revoked = true;
  }
}

function reportTo(context: SimulatorContext, job: Job): JobReport {
  return {
    log: (line) => {
      job.log += `${line}\n`;
    },
    summary: (markdown) => {
      job.summary += markdown;
    },
    stepStarted: (name) => {
      const step: Job['steps'][number] = { name, number: job.steps.length + 1, status: 'in_progress', conclusion: null, startedAt: context.clock.now(), completedAt: null };
      job.steps.push(step);
      return { completed: (conclusion) => Object.assign(step, { status: 'completed', conclusion, completedAt: context.clock.now() }) };
    },
  };
}
