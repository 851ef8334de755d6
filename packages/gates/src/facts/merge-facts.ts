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
        repository: z.int().positive().nullable().describe('Number of the repository that holds the branch; null when it no longer exists.'),
      })
      .readonly(),
    requestedReviewers: z.array(person).readonly().describe('People asked to review and not heard since: whoever is asked again has not approved what is there now.'),
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
    group: queueGroup.nullable().describe("Set when a merge queue's group is judged: its tests are judged in place of the head's."),
    baseMoves: listOf(baseMove),
    sharedHead: listOf(z.int().positive()).describe('Other pull requests with the same head commit, open ones and closed ones from the same branch: checks belong to commits, so one yes would admit them all, and what ran for one looks as if it ran for the other.'),
    commits: listOf(commit).describe('What the head has and the base has not, oldest first.'),
    formerCommits: listOf(commit).describe('Commits of earlier heads that the head no longer has: a squash or a force-push makes nobody less of a contributor.'),
    pushes: listOf(push).describe('Movements of the head branch, oldest first.'),
    instigations: listOf(instigation),
    reviews: listOf(review),
    reviewers: z.array(reviewer).readonly().describe('For everyone who reviewed or dismissed: role now, and membership of the teams the policy or the code owners name.'),
    carryOver: listOf(mergeProof).describe('For earlier heads that someone approved.'),
    runs: listOf(run),
    checks: listOf(check),
    statuses: listOf(status).describe('Only read when the policy names a test that is a commit status.'),
    files: listOf(changedFile),
    codeOwners: factOf(codeOwners.nullable()).describe('Only read when the policy requires code owners. null: the base has no such file.'),
    candidates: listOf(person).describe('People who could review: for the next step only, never for a verdict.'),
  })
  .readonly();

export type MergeFacts = z.infer<typeof mergeFacts>;
export type { BaseMoveFact, ChangedFileFact, CodeOwnersFact, MergeProofFact, QueueGroupFact } from './merge-content.ts';
export type { CommitFact, InstigationFact, PushFact, ReviewFact, ReviewerFact } from './merge-people.ts';
export type { CheckFact, RunFact, StatusFact } from './merge-tests.ts';
