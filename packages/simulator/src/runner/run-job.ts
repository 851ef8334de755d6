import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { evaluateCondition, expandTemplate, expandValue } from '../workflows/expressions.ts';
import type { StepDefinition } from '../workflows/workflow-file.ts';
import type { JobRequest, JobResult } from './job-request.ts';
import { declaredEnvironment, stepContexts, type JobState } from './job-state.ts';
import { writeMachineClock } from './machine-clock.ts';
import { createMasker } from './masker.ts';
import { endGroup } from './run-process.ts';
import { runPost, runStep, type StepEnd } from './run-step.ts';

const minute = 60_000;
/** GitHub's own limit of a job (GitHub, "Usage limits", November 2026). */
const defaultJobMinutes = 360;
/** Time for post steps of a job that ran out of its own. */
const graceMilliseconds = 5 * minute;

/** Runs a job's steps in order, then the post steps in reverse, also after a failure. Afterwards no process of it is left. */
export async function runJob(request: JobRequest): Promise<JobResult> {
  const state = await prepare(request);
  try {
    for (const [index, step] of (request.definition.steps ?? []).entries()) {
      if (request.signal.aborted) break;
      await stepInTurn(state, step, index);
    }
    for (let index = state.posts.length - 1; index >= 0 && !request.signal.aborted; index -= 1) await postInTurn(state, index);
    if (request.signal.aborted) state.status = 'cancelled';
    return finish(state);
  } finally {
    for (const group of state.groups) endGroup(group);
  }
}

async function prepare(request: JobRequest): Promise<JobState> {
  const { folder } = request;
  const folders = { workspace: join(folder, 'work', request.repository.name, request.repository.name), temporary: join(folder, 'temp'), commands: join(folder, 'commands') };
  for (const path of [...Object.values(folders), join(folder, 'home'), join(folder, 'tools'), request.artifactsFolder]) await mkdir(path, { recursive: true });
  await writeFile(join(folders.commands, 'event.json'), JSON.stringify(request.event, null, 2));
  return {
    request,
    folders,
    masker: createMasker([request.token, ...Object.values(request.contexts.secrets)]),
    annotations: [],
    steps: new Map(),
    posts: [],
    addedEnvironment: new Map(),
    addedPaths: [],
    groups: [],
    nodeOptions: await writeMachineClock(folder, request.machine.clockOffsetMilliseconds),
    endAt: request.machine.now() + (request.definition['timeout-minutes'] ?? defaultJobMinutes) * minute,
    status: 'success',
  };
}

async function stepInTurn(state: JobState, step: StepDefinition, index: number): Promise<void> {
  const name = stepName(state, step);
  const report = state.request.report.stepStarted(name);
  const id = step.id ?? `__${String(index)}`;
  if (!isDue(state, step.if, step.env)) {
    state.steps.set(id, { outputs: {}, outcome: 'skipped', conclusion: 'skipped' });
    report.completed('skipped');
    return;
  }
  state.request.report.log(`##[group]${state.masker.mask(name)}`);
  const end = await guarded(state, () => runStep(state, step, index, name));
  const forgiven = end.outcome === 'failure' && continues(state, step['continue-on-error']);
  const conclusion = forgiven ? 'success' : end.outcome;
  state.steps.set(id, { outputs: { ...end.outputs }, outcome: end.outcome, conclusion });
  takeStatus(state, conclusion);
  report.completed(conclusion);
}

async function postInTurn(state: JobState, index: number): Promise<void> {
  const post = state.posts[index];
  if (post === undefined || !isDue(state, post.action.postCondition, undefined)) return;
  const report = state.request.report.stepStarted(post.name);
  state.request.report.log(`##[group]${state.masker.mask(post.name)}`);
  const end = await guarded(state, () => runPost(state, index));
  takeStatus(state, end.outcome);
  report.completed(end.outcome);
}

/** An expression that fails, or anything else wrong in a step's definition, fails the step and is told. */
async function guarded(state: JobState, work: () => Promise<StepEnd>): Promise<StepEnd> {
  try {
    return await work();
  } catch (error) {
    say(state, error instanceof Error ? error.message : String(error));
    return { outcome: 'failure', outputs: {} };
  }
}

function isDue(state: JobState, condition: string | undefined, environment: Readonly<Record<string, string>> | undefined): boolean {
  try {
    return evaluateCondition(condition, stepContexts(state, declaredEnvironment(state, environment)), state.status);
  } catch (error) {
    say(state, error instanceof Error ? error.message : String(error));
    state.status = 'failure';
    return false;
  }
}

function say(state: JobState, message: string): void {
  const masked = state.masker.mask(message);
  state.request.report.log(`##[error]${masked}`);
  state.annotations.push({ path: '.github', start_line: 1, end_line: 1, annotation_level: 'failure', message: masked, title: '' });
}

function takeStatus(state: JobState, conclusion: StepEnd['outcome']): void {
  if (conclusion === 'failure' && state.status === 'success') state.status = 'failure';
  if (conclusion !== 'cancelled' || state.status === 'cancelled') return;
  state.status = 'cancelled';
  if (!state.request.signal.aborted) say(state, 'The job has exceeded its maximum execution time.');
  state.endAt = state.request.machine.now() + graceMilliseconds;
}

function stepName(state: JobState, step: StepDefinition): string {
  const template = step.name ?? (step.uses === undefined ? `Run ${(step.run ?? '').split('\n')[0] ?? ''}` : `Run ${step.uses}`);
  try {
    return expandTemplate(template, stepContexts(state, declaredEnvironment(state, step.env)), state.status);
  } catch {
    // The step itself will fail with the reason.
    return template;
  }
}

function continues(state: JobState, value: boolean | string | undefined): boolean {
  return typeof value === 'string' ? expandValue(value, stepContexts(state, {})) === true : value === true;
}

function finish(state: JobState): JobResult {
  const contexts = stepContexts(state, declaredEnvironment(state, undefined));
  const { definition, report } = state.request;
  const expand = (template: string): string | null => {
    try {
      return expandTemplate(template, contexts, state.status);
    } catch (error) {
      say(state, error instanceof Error ? error.message : String(error));
      state.status = state.status === 'success' ? 'failure' : state.status;
      return null;
    }
  };
  const outputs: Record<string, string> = {};
  for (const [name, template] of Object.entries(definition.outputs ?? {})) {
    const value = expand(template);
    if (value === null) continue;
    if (state.masker.holds(value)) report.log(`##[warning]Skip output '${name}' since it may contain secret.`);
    else outputs[name] = value;
  }
  const url = definition.environment?.url;
  const environmentUrl = url === undefined ? null : expand(url);
  return { conclusion: state.status === 'skipped' ? 'success' : state.status, outputs, annotations: state.annotations, environmentUrl };
}
