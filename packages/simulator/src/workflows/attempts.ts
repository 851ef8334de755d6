import type { Attempt, Job, User, WorkflowRun } from '../world/world.ts';
import type { WorkflowFile } from './workflow-file.ts';

/** Puts a completed run back in the queue as its next attempt; `createdAt` stays that of the first. */
export function startAttempt(run: WorkflowRun, actor: User, at: number, carriedJobs: readonly number[]): void {
  const { attempt, status, conclusion, triggeringActor, startedAt, updatedAt } = run;
  run.pastAttempts.push({ attempt, status, conclusion, triggeringActor, startedAt, updatedAt, carriedJobs: run.carriedJobs });
  Object.assign(run, { attempt: attempt + 1, status: 'queued', conclusion: null, triggeringActor: actor, startedAt: at, updatedAt: at, carriedJobs });
}

/** An attempt of a run by its number; undefined when there was none. */
export function attemptOf(run: WorkflowRun, number: number): Attempt | undefined {
  return number === run.attempt ? run : run.pastAttempts.find(({ attempt }) => attempt === number);
}

/** The jobs of an attempt: those it ran, and those it kept from earlier ones. */
export function jobsOf(run: WorkflowRun, { attempt, carriedJobs }: Pick<Attempt, 'attempt' | 'carriedJobs'>): readonly Job[] {
  return run.jobs.filter((job) => job.attempt === attempt || carriedJobs.includes(job.id));
}

const failed = new Set(['failure', 'cancelled', 'timed_out']);

/** What a re-run of the failed jobs keeps: every job that neither failed nor needs one that is run again. */
export function keptJobs(run: WorkflowRun, file: WorkflowFile): readonly number[] {
  const latest = jobsOf(run, run);
  const byKey = new Map(latest.map((job) => [job.key, job]));
  const isAgain = (key: string): boolean => failed.has(byKey.get(key)?.conclusion ?? 'failure') || (file.jobs[key]?.needs ?? []).some(isAgain);
  return latest.filter((job) => !isAgain(job.key)).map(({ id }) => id);
}
