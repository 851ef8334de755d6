import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { SimulatorContext } from '../context.ts';
import type { ConcurrencyGroups, Slots } from './concurrency.ts';
import { evaluateCondition, expandTemplate, expandValue, type Contexts, type StatusSoFar } from './expressions.ts';
import { gitHubContext } from './github-context.ts';
import { completeJob, recordJob, type JobOutcome, type LiveRun } from './live-run.ts';
import { playJob, refuse, type Machine } from './play-job.ts';
import type { Concurrency, JobDefinition, WorkflowFile } from './workflow-file.ts';

export type Stage = { readonly context: SimulatorContext; readonly machine: Machine; readonly groups: ConcurrencyGroups; readonly slots: Slots };

/** What a job gives to those that need it: `failed` also tells of failures further up. */
type Known = { readonly outcome: JobOutcome; readonly failed: boolean; readonly cancelled: boolean };

/** Plays a run from its queue to its conclusion. */
export async function playRun(stage: Stage, live: LiveRun, file: WorkflowFile): Promise<void> {
  const { run, plan } = live;
  const wish = readGroup(live, file.concurrency, { github: gitHubContext(stage.context, live, ''), inputs: plan.inputs });
  const group = wish.kind === 'group' ? wish.name : null;
  if (group !== null && (await stage.groups.enter(group, { keepAll: file.concurrency?.queue === 'max' })) === 'evicted') {
    concludeRun(stage.context, live, 'cancelled');
    return;
  }
  try {
    const at = stage.context.clock.now();
    Object.assign(run, { status: 'in_progress', startedAt: at, updatedAt: at });
    const results = await playJobs(stage, live, file, wish);
    concludeRun(stage.context, live, conclusionOf(live, results));
  } catch (error) {
    concludeRun(stage.context, live, 'failure');
    throw error;
  } finally {
    if (group !== null) stage.groups.leave(group);
    await removeWorkspaces(stage, live);
  }
}

export function concludeRun(context: SimulatorContext, { run }: LiveRun, conclusion: string): void {
  Object.assign(run, { status: 'completed', conclusion, updatedAt: context.clock.now() });
}

async function playJobs(stage: Stage, live: LiveRun, file: WorkflowFile, runGroup: GroupWish): Promise<readonly JobOutcome[]> {
  const started = new Map<string, Promise<Known>>();
  const start = (key: string): Promise<Known> => {
    const known = started.get(key);
    if (known !== undefined) return known;
    const definition = file.jobs[key];
    if (definition === undefined) throw new Error(`${file.path} has no job ${key}.`);
    const needed = (definition.needs ?? []).map(async (need) => [need, await start(need)] as const);
    const promise = Promise.all(needed).then((needs) => keptOutcome(live, key) ?? playWhenDue(stage, live, { file, key, definition, needs: new Map(needs), runGroup }));
    started.set(key, promise);
    return promise;
  };
  // Every job comes to its end before a fault of the simulator itself in one of them is told.
  const all = await Promise.allSettled(Object.keys(file.jobs).map(start));
  return all.map((settled, index) => {
    if (settled.status === 'rejected') throw settled.reason;
    live.outcomes.set(Object.keys(file.jobs)[index] ?? '', settled.value.outcome);
    return settled.value.outcome;
  });
}

/** What a job came to in an earlier attempt, when this one does not run it again. */
function keptOutcome({ run, outcomes }: LiveRun, key: string): Known | null {
  const kept = run.jobs.some((job) => job.key === key && run.carriedJobs.includes(job.id));
  const outcome = kept ? outcomes.get(key) : undefined;
  return outcome === undefined ? null : { outcome, failed: false, cancelled: false };
}

type Due = { readonly file: WorkflowFile; readonly key: string; readonly definition: JobDefinition; readonly needs: ReadonlyMap<string, Known>; readonly runGroup: GroupWish };

async function playWhenDue(stage: Stage, live: LiveRun, due: Due): Promise<Known> {
  const { context } = stage;
  const { key, definition, file } = due;
  const needs = Object.fromEntries([...due.needs].map(([name, known]) => [name, known.outcome]));
  const contexts = { github: gitHubContext(context, live, key), needs, inputs: live.plan.inputs, vars: {} };
  const { job, check } = recordJob(context, live, key, nameOf(definition, key, contexts));
  const before = [...due.needs.values()];
  const known = (outcome: JobOutcome): Known => ({ outcome, failed: outcome.result === 'failure' || before.some((one) => one.failed), cancelled: outcome.result === 'cancelled' || before.some((one) => one.cancelled) });
  const end = (conclusion: 'skipped' | 'cancelled'): Known => {
    completeJob(context, job, check, conclusion);
    return known({ result: conclusion, outputs: {} });
  };
  if (due.runGroup.kind === 'unusable') return known(refuse(context, { job, check }, due.runGroup.message));
  try {
    if (live.abort.signal.aborted) return end('cancelled');
    if (!evaluateCondition(definition.if, contexts, statusBefore(before))) return end('skipped');
  } catch (error) {
    return known(refuse(context, { job, check }, error instanceof Error ? error.message : String(error)));
  }
  const wish = readGroup(live, definition.concurrency, contexts);
  if (wish.kind === 'unusable') return known(refuse(context, { job, check }, wish.message));
  const group = wish.kind === 'group' ? wish.name : null;
  if (group !== null && due.runGroup.kind === 'group' && group === due.runGroup.name) return known(refuse(context, { job, check }, `The concurrency group of job ${key} is the workflow's own: the job would wait for itself.`));
  if (group !== null && (await stage.groups.enter(group, { keepAll: definition.concurrency?.queue === 'max' })) === 'evicted') return end('cancelled');
  await stage.slots.take();
  try {
    if (live.abort.signal.aborted) return end('cancelled');
    return known(await playJob(context, stage.machine, { live, file, key, definition, job, check, needs }));
  } catch (error) {
    refuse(context, { job, check }, error instanceof Error ? error.message : String(error));
    throw error;
  } finally {
    stage.slots.free();
    if (group !== null) stage.groups.leave(group);
  }
}

function statusBefore(before: readonly Known[]): StatusSoFar {
  if (before.some((one) => one.failed)) return 'failure';
  if (before.some((one) => one.cancelled)) return 'cancelled';
  return before.some((one) => one.outcome.result === 'skipped') ? 'skipped' : 'success';
}

function nameOf(definition: JobDefinition, key: string, contexts: Contexts): string {
  try {
    return definition.name === undefined ? key : expandTemplate(definition.name, contexts);
  } catch {
    // The job's own conditions tell what is wrong with its expressions.
    return definition.name ?? key;
  }
}

type GroupWish = { readonly kind: 'none' } | { readonly kind: 'group'; readonly name: string } | { readonly kind: 'unusable'; readonly message: string };

/** Groups are the repository's own. */
function readGroup(live: LiveRun, concurrency: Concurrency | undefined, contexts: Contexts): GroupWish {
  if (concurrency === undefined) return { kind: 'none' };
  const { repository } = live.plan;
  const cancels = concurrency['cancel-in-progress'];
  try {
    if (cancels === true || (typeof cancels === 'string' && expandValue(cancels, contexts) === true)) return { kind: 'unusable', message: 'not simulated: concurrency with cancel-in-progress: true.' };
    return { kind: 'group', name: `${repository.owner}/${repository.name}:${expandTemplate(concurrency.group, contexts).toLowerCase()}` };
  } catch (error) {
    return { kind: 'unusable', message: error instanceof Error ? error.message : String(error) };
  }
}

function conclusionOf(live: LiveRun, results: readonly JobOutcome[]): string {
  if (live.abort.signal.aborted || results.some((one) => one.result === 'cancelled')) return 'cancelled';
  if (results.some((one) => one.result === 'failure')) return 'failure';
  return results.every((one) => one.result === 'skipped') ? 'skipped' : 'success';
}

/** Workspaces may hold credentials and are large; artifacts stay. */
async function removeWorkspaces({ context }: Stage, { run }: LiveRun): Promise<void> {
  for (const job of run.jobs) await rm(join(context.dataDir, 'runs', String(run.id), `job-${String(job.id)}`), { recursive: true, force: true, maxRetries: 3 });
}
