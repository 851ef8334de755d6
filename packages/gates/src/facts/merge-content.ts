import * as z from 'zod';
import { factOf } from './fact.ts';
import { instant } from './instant.ts';
import { person, sha } from './shared.ts';

/** A path the change touches, compared with the merge base. */
export const changedFile = z
  .strictObject({
    path: z.string().min(1),
    previousPath: z.string().nullable(),
    status: z.string(),
    kind: factOf(z.enum(['file', 'executable', 'symlink', 'submodule'])).nullable().describe('What it is at the head; null when the change removes it.'),
    target: factOf(z.string().nullable()).optional().describe('Where a symlink leads: the path in the repository, or null when it leaves it. Left out for what is no symlink.'),
  })
  .readonly();

/** The base was pointed elsewhere, or its history was rewritten: what was seen before is about another change. */
export const baseMove = z.strictObject({ kind: z.enum(['retargeted', 'rewritten']), movedAt: instant }).readonly();

/**
 * A clean three-way merge, made again: what the earlier head `from` changed since `fromBase`, put onto `onto`.
 * `tree` is what comes out, null when it conflicts. Equal to the head's tree, it proves that nothing else came in.
 */
export const mergeProof = z
  .strictObject({
    from: sha,
    fromBase: sha.describe('Where `from` left the base branch.'),
    onto: sha.describe('A commit of the base branch.'),
    tree: factOf(sha.nullable()),
  })
  .readonly();

/** A merge queue's group: what would land, on top of what is queued before it. */
export const queueGroup = z
  .strictObject({
    ref: z.string().min(1).describe('e.g. `gh-readonly-queue/main/pr-12-…`.'),
    headSha: sha,
    treeSha: sha,
    baseSha: sha,
    proof: mergeProof.describe("The pull request's head, merged cleanly onto `baseSha`, made again."),
  })
  .readonly();

/** The code owners file of the base branch, and whom its logins belong to now. */
export const codeOwners = z
  .strictObject({
    path: z.string().min(1),
    text: z.string(),
    accounts: z.array(z.strictObject({ login: z.string().min(1), person: factOf(person.nullable()) }).readonly()).readonly(),
  })
  .readonly();

export type ChangedFileFact = z.infer<typeof changedFile>;
export type BaseMoveFact = z.infer<typeof baseMove>;
export type MergeProofFact = z.infer<typeof mergeProof>;
export type QueueGroupFact = z.infer<typeof queueGroup>;
export type CodeOwnersFact = z.infer<typeof codeOwners>;
