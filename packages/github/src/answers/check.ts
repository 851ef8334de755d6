import * as z from 'zod';
import { id, instant, sha } from './shared.ts';

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

export const workflowRun = z.looseObject({
  id,
  path: z.string().min(1),
  event: z.string(),
  head_sha: sha,
  head_branch: z.string().nullable(),
  run_attempt: id,
  check_suite_id: id,
  status: z.string().nullable(),
  conclusion: z.string().nullable(),
  run_started_at: instant.optional(),
  updated_at: instant,
  html_url: z.string(),
});
export type WorkflowRunAnswer = z.output<typeof workflowRun>;
export const workflowRuns = z.looseObject({ total_count: z.int().nonnegative(), workflow_runs: z.array(workflowRun) });

export const jobs = z.looseObject({ total_count: z.int().nonnegative(), jobs: z.array(z.looseObject({ run_attempt: id, check_run_url: z.string() })) });
