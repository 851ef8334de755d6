import * as z from 'zod';
import { accountOrNobody, id, instant, sha } from './shared.ts';

export const checkRun = z.looseObject({
  id,
  name: z.string(),
  head_sha: sha,
  status: z.string(),
  conclusion: z.string().nullable(),
  started_at: instant.nullable(),
  completed_at: instant.nullable(),
  app: z.looseObject({ id }).nullable(),
  check_suite: z.looseObject({ id }).nullable(),
  html_url: z.string().nullable(),
});
export type CheckRunAnswer = z.output<typeof checkRun>;
export const checkRuns = z.looseObject({ total_count: z.int().nonnegative(), check_runs: z.array(checkRun) });

const pullReference = z.looseObject({ number: id, base: z.looseObject({ ref: z.string(), repo: z.looseObject({ id }) }) });

export const workflowRun = z.looseObject({
  id,
  path: z.string().min(1),
  event: z.string(),
  head_sha: sha,
  head_branch: z.string().nullable(),
  head_repository: z.looseObject({ id }).nullish(),
  run_attempt: id,
  check_suite_id: id,
  status: z.string().nullable(),
  conclusion: z.string().nullable(),
  created_at: instant,
  run_started_at: instant.optional(),
  updated_at: instant,
  pull_requests: z.array(pullReference).nullish(),
  referenced_workflows: z.array(z.looseObject({ path: z.string() })).nullish(),
  html_url: z.string(),
});
export type WorkflowRunAnswer = z.output<typeof workflowRun>;
export const workflowRuns = z.looseObject({ total_count: z.int().nonnegative(), workflow_runs: z.array(workflowRun) });

/** A job says which check it reports by only in the check's address. */
const job = z.looseObject({ run_id: id, run_attempt: id, check_run_url: z.string() }).transform(({ run_id, run_attempt, check_run_url }, context) => {
  const check = Number(/\/check-runs\/(\d{1,15})$/.exec(check_run_url)?.[1] ?? Number.NaN);
  if (Number.isSafeInteger(check)) return { run: run_id, attempt: run_attempt, check };
  context.addIssue({ code: 'custom', message: 'its check_run_url names no check' });
  return z.NEVER;
});
export const jobs = z.looseObject({ total_count: z.int().nonnegative(), jobs: z.array(job) });

/** A job with its steps, in the order of their numbers. */
export const deployJob = z.looseObject({
  run_attempt: id,
  conclusion: z.string().nullable(),
  started_at: instant.nullish(),
  completed_at: instant.nullable(),
  steps: z.array(z.looseObject({ name: z.string(), conclusion: z.string().nullable(), number: z.int() })).nullish(),
});
export type DeployJobAnswer = z.output<typeof deployJob>;

export const commitStatus = z.looseObject({ id, context: z.string(), state: z.string(), creator: accountOrNobody, created_at: instant, target_url: z.string().nullish() });
