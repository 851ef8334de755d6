import * as z from 'zod';
import { factOf } from './fact.ts';
import { instant } from './instant.ts';
import { person, sha } from './shared.ts';

export const conclusion = z.enum(['success', 'failure', 'neutral', 'cancelled', 'skipped', 'timed-out', 'action-required', 'stale', 'startup-failure', 'other']);

/** A workflow run of GitHub Actions on one of the commits that are judged. */
export const run = z
  .strictObject({
    id: z.int().positive(),
    /** Path of the workflow file, without a ref. */
    workflow: z.string(),
    event: z.string(),
    headSha: sha,
    headBranch: z.string().nullable(),
    /** Number of the repository that holds the head branch; null when it no longer exists. */
    headRepository: z.int().positive().nullable(),
    /** The latest attempt. */
    attempt: z.int().positive(),
    /** Of the latest attempt. `waiting`: for a person's approval or a protection rule. */
    status: z.enum(['queued', 'in-progress', 'waiting', 'completed', 'other']),
    conclusion: conclusion.nullable(),
    /** Of the first attempt: the event that all attempts are about. */
    createdAt: instant,
    /** Open pull requests that GitHub ties to the run; null when it names none, as for forks. */
    pullRequests: z.array(z.strictObject({ number: z.int().positive(), base: z.string() }).readonly()).readonly().nullable(),
    /** The workflow file, and every workflow of this repository that it calls, is the one of the base. */
    definedByBase: factOf(z.boolean()),
    url: z.string(),
  })
  .readonly();

export const check = z
  .strictObject({
    id: z.int().positive(),
    name: z.string(),
    headSha: sha,
    app: z.int().positive().nullable(),
    status: z.enum(['queued', 'in-progress', 'completed', 'other']),
    conclusion: conclusion.nullable(),
    startedAt: instant.nullable(),
    completedAt: instant.nullable(),
    /** The run whose job it is, and in which attempt. null: it is no job of any workflow run, even if it lies in the suite of one. Unknown: not looked up to the end. */
    job: factOf(z.strictObject({ run: z.int().positive(), attempt: z.int().positive() }).readonly()).nullable(),
    url: z.string(),
  })
  .readonly();

/** A commit status of the older kind: anyone with write permission can post any, so its creator is what counts. */
export const status = z
  .strictObject({ id: z.int().positive(), context: z.string(), headSha: sha, state: z.enum(['success', 'failure', 'error', 'pending', 'other']), creator: factOf(person), createdAt: instant, url: z.string().nullable() })
  .readonly();

export type RunFact = z.infer<typeof run>;
export type CheckFact = z.infer<typeof check>;
export type StatusFact = z.infer<typeof status>;
