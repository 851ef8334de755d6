import * as z from 'zod';
import { factOf, listOf } from './fact.ts';
import { baseMove, changedFile, codeOwners, mergeProof, queueGroup } from './merge-content.ts';
import { commit, instigation, push, review, reviewer } from './merge-people.ts';
import { check, run, status } from './merge-tests.ts';
import { person, repository, sha } from './shared.ts';

const pullRequest = z
  .strictObject({
    number: z.int().positive(),
    state: z.enum(['open', 'closed', 'merged']),
    draft: z.boolean(),
    author: factOf(person),
    base: z.strictObject({ ref: z.string().min(1), sha }).readonly(),
    head: z
      .strictObject({
        ref: z.string().min(1),
        sha,
        treeSha: sha,
        /** Number of the repository that holds the branch; null when it no longer exists. */
        repository: z.int().positive().nullable(),
      })
      .readonly(),
    /** People asked to review and not heard since: whoever is asked again has not approved what is there now. */
    requestedReviewers: z.array(person).readonly(),
    url: z.string(),
  })
  .readonly();

/**
 * Everything the merge gate looks at. Produced by `gatherMergeFacts`, or by anyone, to the published schema
 * (`sallyport schema facts`). A list that the policy gives no reason to read may be left incomplete; the gate asks for it only then.
 */
export const mergeFacts = z
  .strictObject({
    schema: z.literal(1),
    gate: z.literal('merge'),
    repository,
    pullRequest,
    /** Set when a merge queue's group is judged: its tests are judged in place of the head's. */
    group: queueGroup.nullable(),
    baseMoves: listOf(baseMove),
    /** Other open pull requests with the same head commit: checks belong to commits, so one yes would admit them all. */
    sharedHead: listOf(z.int().positive()),
    /** What the head has and the base has not, oldest first. */
    commits: listOf(commit),
    /** Commits of earlier heads that the head no longer has: a squash or a force-push makes nobody less of a contributor. */
    formerCommits: listOf(commit),
    /** Movements of the head branch, oldest first. */
    pushes: listOf(push),
    instigations: listOf(instigation),
    reviews: listOf(review),
    /** For everyone who reviewed or dismissed: role now, and membership of the teams the policy or the code owners name. */
    reviewers: z.array(reviewer).readonly(),
    /** For earlier heads that someone approved. */
    carryOver: listOf(mergeProof),
    runs: listOf(run),
    checks: listOf(check),
    /** Only read when the policy names a test that is a commit status. */
    statuses: listOf(status),
    files: listOf(changedFile),
    /** Only read when the policy requires code owners. null: the base has no such file. */
    codeOwners: factOf(codeOwners.nullable()),
    /** People who could review: for the next step only, never for a verdict. */
    candidates: listOf(person),
  })
  .readonly();

export type MergeFacts = z.infer<typeof mergeFacts>;
export type { BaseMoveFact, ChangedFileFact, CodeOwnersFact, MergeProofFact, QueueGroupFact } from './merge-content.ts';
export type { CommitFact, InstigationFact, PushFact, ReviewFact, ReviewerFact } from './merge-people.ts';
export type { CheckFact, RunFact, StatusFact } from './merge-tests.ts';
