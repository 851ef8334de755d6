import type { Instant } from '@sallyport/calendar';
import { none } from '../collect.ts';
import type { MergeFacts, MergeProofFact, PushFact, ReviewFact } from '../facts/merge-facts.ts';
import { timeText } from '../time-text.ts';
import { shortSha } from '../wording.ts';
import type { Verdict } from './approval-verdict.ts';
import { notCounted } from './approval-verdict.ts';
import { headBefore, mayHaveMovedReviews } from './movements.ts';
import type { BoundHead } from './movements.ts';
import type { Readings } from './readings.ts';

/** Whoever approves this soon after a push was most likely shown what was there before it. */
export const shownAfterSeconds = 60;

/** An approval as far as its content goes: for the head itself, carried over to it by proof, or not (yet) for the head. */
export type Binding =
  | BoundApproval
  | { readonly holds: 'maybe'; readonly verdict: Verdict }
  | { readonly holds: 'no'; readonly verdict: Verdict };

export type BoundApproval = { readonly holds: 'yes'; readonly bound: BoundHead; readonly proof: MergeProofFact | null };

/** Was exactly the present content approved? The push history says which head an approval was given for; a review's `commitId` can only take away. */
export function bindApproval(review: ReviewFact, facts: MergeFacts, { movements, lastHead, baseMovedAt }: Readings): Binding {
  const { head } = facts.pullRequest;
  if (movements === null || lastHead?.sha !== head.sha) return no(notCounted('approval-not-for-head', 'the push history does not end at the head, so it is not known what was approved'));
  if (baseMovedAt !== null && review.submittedAt <= baseMovedAt) return no(notCounted('approval-before-base-move', `it was given before the base moved at ${timeText(baseMovedAt)}, for another change`, 'look at the change as it is now and approve again'));
  const bound = headBefore(movements, review.submittedAt);
  if (bound === null) return no(notCounted('approval-head-not-shown', 'the push history does not tell which head was there when it was given', 'approve again'));
  const unseen = notShown(review, bound, movements);
  if (unseen !== null) return no(unseen);
  return bound.sha === head.sha ? { holds: 'yes', bound, proof: null } : carryOver(bound, facts);
}

const no = (verdict: Verdict): Binding => ({ holds: 'no', verdict });

/** GitHub notes the commit that the reviewer's page showed, but may note another one once the branch is forced. */
function notShown({ submittedAt, commitId }: ReviewFact, bound: BoundHead, movements: readonly PushFact[]): Verdict | null {
  const remedy = 'reload the page, look at the head and approve again';
  if (mayHaveMovedReviews(movements, submittedAt) && !wasLeftBefore(commitId, bound, submittedAt, movements)) {
    if (submittedAt - bound.since >= shownAfterSeconds * 1000) return null;
    return notCounted('approval-head-not-shown', `it was given ${Math.round((submittedAt - bound.since) / 1000)} s after ${shortSha(bound.sha)} was pushed, and later force-pushes hide what the reviewer was shown`, remedy);
  }
  if (commitId === bound.sha) return null;
  return notCounted('approval-head-not-shown', `GitHub ties it to ${commitId === null ? 'no commit' : shortSha(commitId)}, while ${shortSha(bound.sha)} was the head: the reviewer was shown something else`, remedy);
}

/** GitHub ties a review to heads that come later, never to one that was left before: that one is what the reviewer was shown. */
const wasLeftBefore = (commitId: string | null, bound: BoundHead, at: Instant, movements: readonly PushFact[]): boolean =>
  commitId !== bound.sha && movements.some(({ before, after, pushedAt }) => pushedAt <= at && (before === commitId || after === commitId));

/** From an earlier head: only with the proof that what was approved, merged again, is what is there now. */
function carryOver(bound: BoundHead, { pullRequest: { head }, carryOver: proofs }: MergeFacts): Binding {
  const own = proofs.items.length === 0 ? none : proofs.items.filter((proof) => proof.from === bound.sha);
  const proof = own.find(({ tree }) => 'known' in tree && tree.known === head.treeSha);
  if (proof !== undefined) return { holds: 'yes', bound, proof };
  const from = `it was given for ${shortSha(bound.sha)}, and ${shortSha(head.sha)} is the head now`;
  const remedy = 'look at what was pushed since and approve again';
  const unproven = own.find(({ tree }) => 'unknown' in tree);
  if (unproven !== undefined && 'unknown' in unproven.tree) return { holds: 'maybe', verdict: maybe(`${from}; whether that holds the same is not known: ${unproven.tree.unknown}`, remedy) };
  if (own.length === 0 && !proofs.complete) return { holds: 'maybe', verdict: maybe(`${from}; whether that holds the same is not known: ${proofs.missing}`, remedy) };
  return no(notCounted('approval-not-for-head', own.length === 0 ? from : `${from}, which holds something else than a clean merge of what was approved`, remedy));
}

const maybe = (summary: string, remedy: string): Verdict => ({ standing: 'maybe', reason: 'carry-over-unproven', summary, remedy });
