import * as z from 'zod';
import { factOf } from './fact.ts';
import { instant } from './instant.ts';
import { membership, person, role, sha } from './shared.ts';

/** What GitHub says of a commit's signature. `reason` is GitHub's word: `valid`, `unsigned`, `unverified_email`, … */
const signature = z.strictObject({ verified: z.boolean(), reason: z.string().min(1) }).readonly();

export const commit = z
  .strictObject({
    sha,
    parents: z.array(sha).readonly(),
    author: factOf(person).describe('The account GitHub attributes the commit to by its e-mail address, which anyone can write; unknown when it belongs to no account.'),
    committer: factOf(person),
    coAuthors: z.array(factOf(person)).readonly().describe('One per `Co-authored-by` trailer, resolved to an account where possible.'),
    committedByGitHub: z.boolean().describe("Committed and signed by GitHub itself (the web page, a merge by button): nobody's contribution as committer."),
    signature: factOf(signature),
  })
  .readonly();

/** One movement of the head branch. */
export const push = z
  .strictObject({ before: sha, after: sha, kind: z.enum(['push', 'force-push', 'creation', 'deletion', 'other']), actor: factOf(person), pushedAt: instant })
  .readonly();

/**
 * A person who set a machine account to work on the change: assigned it, mentioned it in a comment, or started its session.
 * `machine` is null when the comment or event does not say which machine.
 */
export const instigation = z
  .strictObject({ machine: person.nullable(), person: factOf(person), how: z.enum(['assigned', 'mentioned', 'started', 'requested']), at: instant, url: z.string().nullable() })
  .readonly();

export const review = z
  .strictObject({
    id: z.int().positive(),
    pullRequest: z.int().positive().describe('The pull request the review says it belongs to.'),
    reviewer: factOf(person).describe('Unknown also when the account no longer exists.'),
    state: z.enum(['approved', 'changes-requested', 'commented', 'dismissed']),
    submittedAt: instant,
    commitId: sha.nullable().describe("GitHub's word for the reviewed commit. It may move to a newer head after a force-push, so it can only ever disqualify."),
    dismissedBy: factOf(person).nullable().describe('Set for dismissed reviews.'),
    dismissedState: z.enum(['approved', 'changes-requested', 'commented']).optional().describe('What a dismissed review said before. Left out when GitHub does not say; then it is taken for an objection.'),
    url: z.string(),
  })
  .readonly();

export const reviewer = z
  .strictObject({ person, role: factOf(role), teams: z.array(z.strictObject({ team: z.string(), membership: factOf(membership) }).readonly()).readonly() })
  .readonly();

export type CommitFact = z.infer<typeof commit>;
export type PushFact = z.infer<typeof push>;
export type InstigationFact = z.infer<typeof instigation>;
export type ReviewFact = z.infer<typeof review>;
export type ReviewerFact = z.infer<typeof reviewer>;
