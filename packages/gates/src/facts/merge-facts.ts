import * as z from 'zod';
import { factOf, listOf } from './fact.ts';
import { instant } from './instant.ts';
import { membership, person, repository, role, sha } from './shared.ts';

const commit = z
  .strictObject({
    sha,
    /** The account GitHub attributes the commit to; unknown when its e-mail belongs to no account. */
    author: factOf(person),
    committer: factOf(person),
    /** One per `Co-authored-by` trailer, resolved to an account where possible. */
    coAuthors: z.array(factOf(person)).readonly(),
    /** `web-flow` style committers (GitHub itself) are marked so that they are nobody's contribution. */
    committedByGitHub: z.boolean(),
  })
  .readonly();

/** One movement of the head branch, oldest first in the list. */
const push = z
  .strictObject({ before: sha, after: sha, kind: z.enum(['push', 'force-push', 'creation', 'deletion', 'other']), actor: factOf(person), pushedAt: instant })
  .readonly();

const review = z
  .strictObject({
    id: z.int().positive(),
    reviewer: factOf(person),
    state: z.enum(['approved', 'changes-requested', 'commented', 'dismissed']),
    submittedAt: instant,
    /** GitHub's word for the reviewed commit; it may move, so it can only ever disqualify. */
    commitId: sha.nullable(),
    /** Set for dismissed reviews. */
    dismissedBy: factOf(person).nullable(),
    /** What a dismissed review said before. Left out when GitHub does not say; then it is taken for an objection. */
    dismissedState: z.enum(['approved', 'changes-requested', 'commented']).optional(),
    url: z.string(),
  })
  .readonly();

const check = z
  .strictObject({
    id: z.int().positive(),
    name: z.string(),
    headSha: sha,
    app: z.int().positive().nullable(),
    status: z.enum(['queued', 'in-progress', 'completed', 'other']),
    conclusion: z.enum(['success', 'failure', 'neutral', 'cancelled', 'skipped', 'timed-out', 'action-required', 'stale', 'startup-failure', 'other']).nullable(),
    startedAt: instant.nullable(),
    completedAt: instant.nullable(),
    /** The workflow run it belongs to; null for checks of other apps. */
    run: factOf(
      z
        .strictObject({
          id: z.int().positive(),
          workflow: z.string(),
          event: z.string(),
          headSha: sha,
          headBranch: z.string().nullable(),
          attempt: z.int().positive(),
          /** The workflow file at the head is the same blob as at the base. */
          fileUnchangedFromBase: factOf(z.boolean()),
        })
        .readonly(),
    ).nullable(),
    url: z.string(),
  })
  .readonly();

const file = z.strictObject({ path: z.string().min(1), previousPath: z.string().nullable(), status: z.string() }).readonly();

/** Everything the merge gate looks at. Produced by `gatherMergeFacts`, or by anyone, to the published schema. */
export const mergeFacts = z
  .strictObject({
    schema: z.literal(1),
    gate: z.literal('merge'),
    repository,
    pullRequest: z
      .strictObject({
        number: z.int().positive(),
        state: z.enum(['open', 'closed', 'merged']),
        draft: z.boolean(),
        author: factOf(person),
        base: z.strictObject({ ref: z.string().min(1), sha }).readonly(),
        /** How often it was pointed at another base: tests and approvals from before were about another change. */
        baseChanges: factOf(z.int().nonnegative()),
        head: z.strictObject({ ref: z.string().min(1), sha, treeSha: sha, sameRepository: z.boolean() }).readonly(),
        url: z.string(),
      })
      .readonly(),
    commits: listOf(commit),
    /** Over the whole life of the head branch while the pull request exists, oldest first. */
    pushes: listOf(push),
    reviews: listOf(review),
    /** For everyone who reviewed: role now, and membership of each team the policy names. */
    reviewers: z
      .array(z.strictObject({ person, role: factOf(role), teams: z.array(z.strictObject({ team: z.string(), membership: factOf(membership) }).readonly()).readonly() }).readonly())
      .readonly(),
    checks: listOf(check),
    files: listOf(file),
    /** People who could review: for the next step only, never for a verdict. */
    candidates: listOf(person),
  })
  .readonly();

export type MergeFacts = z.infer<typeof mergeFacts>;
export type CommitFact = z.infer<typeof commit>;
export type PushFact = z.infer<typeof push>;
export type ReviewFact = z.infer<typeof review>;
export type CheckFact = z.infer<typeof check>;
export type ChangedFileFact = z.infer<typeof file>;
