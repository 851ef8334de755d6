import * as z from 'zod';
import { factOf } from './fact.ts';
import { instant } from './instant.ts';
import { person, sha } from './shared.ts';

export const conclusion = z.enum(['success', 'failure', 'neutral', 'cancelled', 'skipped', 'timed-out', 'action-required', 'stale', 'startup-failure', 'other']);

/** A workflow run of GitHub Actions on one of the commits that are judged. */
export const run = z
  .strictObject({
    id: z.int().positive(),
    workflow: z.string().describe('Path of the workflow file, without a ref.'),
    event: z.string(),
    headSha: sha,
    headBranch: z.string().nullable(),
    headRepository: z.int().positive().nullable().describe('Number of the repository that holds the head branch; null when it no longer exists.'),
    attempt: z.int().positive().describe('The latest attempt.'),
    status: z.enum(['queued', 'in-progress', 'waiting', 'completed', 'other']).describe("Of the latest attempt. `waiting`: for a person's approval or a protection rule."),
    conclusion: conclusion.nullable(),
    createdAt: instant.describe('Of the first attempt: the event that all attempts are about.'),
    pullRequests: z.array(z.strictObject({ number: z.int().positive(), base: z.string() }).readonly()).readonly().nullable().describe('Open pull requests that GitHub ties to the run; null when it names none, as for forks.'),
    definedByBase: factOf(z.boolean()).describe('The workflow file, and every workflow of this repository that it calls, is the one of the base.'),
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
    job: factOf(z.strictObject({ run: z.int().positive(), attempt: z.int().positive() }).readonly()).nullable().describe('The run whose job it is, and in which attempt. null: it is no job of any workflow run, even if it lies in the suite of one. Unknown: not looked up to the end.'),
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
