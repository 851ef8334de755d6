import { describe, expect, test } from 'vitest';
import { completeList, known, partialList, unknown } from '../facts/fact.ts';
import type { MergeFacts } from '../facts/merge-facts.ts';
import type { ReasonCode } from '../reason-codes.ts';
import { ana, approvedBy, ask, baseSha, ben, cho, commitBy, fakeSha, headSha, mergeFactsOf, olderSha, proofFrom, pushBy, pushedAt, reviewBy, reviewedAt, reviewerOf, robot, ruleOf, ruleText, saidOf, withPullRequest, withReview } from '../testing/index.ts';

const byBen = (changes: Partial<MergeFacts> = {}) => mergeFactsOf({ reviews: completeList([approvedBy(ben)]), ...changes });
const moves = (to: { readonly kind: 'push' | 'force-push' }) => completeList([pushBy(ana, { after: olderSha }), pushBy(ana, { before: olderSha, pushedAt: reviewedAt + 1000, ...to })]);
/** Ben approved the head before this one. */
const rebased = (proofs: MergeFacts['carryOver']['items']) => byBen({ pushes: moves({ kind: 'push' }), reviews: completeList([approvedBy(ben, { commitId: olderSha })]), carryOver: completeList(proofs) });
/** The branch was forced away and back after Ben's approval, so what GitHub says of it means nothing. */
const forced = (delay: number) =>
  byBen({
    pushes: completeList([pushBy(ana), pushBy(ana, { before: headSha, after: olderSha, kind: 'force-push', pushedAt: reviewedAt }), pushBy(ana, { before: olderSha, kind: 'force-push', pushedAt: reviewedAt + 1000 })]),
    reviews: completeList([approvedBy(ben, { submittedAt: pushedAt + delay, commitId: fakeSha('99') })]),
  });
const reviewed = (...reviews: readonly ReturnType<typeof reviewBy>[]) => mergeFactsOf({ reviews: completeList(reviews) });

describe('an approval', () => {
  test.each<[string, MergeFacts, string, ReasonCode]>([
    ['by someone with write permission who had no part in the change counts', byBen(), 'allow', 'ok'],
    ['by the author does not count', mergeFactsOf({ reviews: completeList([approvedBy(ana)]), reviewers: [reviewerOf(ana, 'admin')] }), 'wait', 'reviewer-contributed'],
    ['by a commit author does not count', byBen({ commits: completeList([commitBy(ana), commitBy(ben, { sha: olderSha })]) }), 'wait', 'reviewer-contributed'],
    ['by a committer does not count (M04)', byBen({ commits: completeList([commitBy(ana, { committer: known(ben) })]) }), 'wait', 'reviewer-contributed'],
    ['by a co-author does not count (M04)', byBen({ commits: completeList([commitBy(ana, { coAuthors: [known(cho), known(ben)] })]) }), 'wait', 'reviewer-contributed'],
    ['by a pusher does not count (M05)', byBen({ pushes: completeList([pushBy(ben, { after: olderSha, pushedAt: pushedAt - 1000 }), pushBy(ana, { before: olderSha })]) }), 'wait', 'reviewer-contributed'],
    ['counts where GitHub itself committed', byBen({ commits: completeList([commitBy(ana, { committer: known(ben), committedByGitHub: true })]) }), 'allow', 'ok'],
    ['by a bot does not count (M02)', mergeFactsOf({ reviews: completeList([approvedBy(robot)]), reviewers: [reviewerOf(robot, 'admin')] }), 'wait', 'reviewer-not-a-person'],
    ['by a reader does not count (M10)', byBen({ reviewers: [reviewerOf(ben, 'read')] }), 'wait', 'reviewer-not-permitted'],
    ['by a triager does not count (M10)', byBen({ reviewers: [reviewerOf(ben, 'triage')] }), 'wait', 'reviewer-not-permitted'],
    ['by someone with a custom role does not count', byBen({ reviewers: [reviewerOf(ben, 'other')] }), 'wait', 'reviewer-not-permitted'],
    ['by someone without access any more does not count (M11)', byBen({ reviewers: [reviewerOf(ben, 'none')] }), 'wait', 'reviewer-not-permitted'],
    ['by a maintainer counts', byBen({ reviewers: [reviewerOf(ben, 'maintain')] }), 'allow', 'ok'],
    ['whose reviewer has an unknown role is unknown', byBen({ reviewers: [{ ...reviewerOf(ben), role: unknown('GitHub answered 500') }] }), 'unknown', 'role-unknown'],
    ['whose reviewer was not looked up is unknown', byBen({ reviewers: [] }), 'unknown', 'role-unknown'],
    ['whose reviewer is listed twice is unknown', byBen({ reviewers: [reviewerOf(ben), reviewerOf(ben, 'read')] }), 'unknown', 'role-unknown'],
    ['by someone not known does not count (M11)', reviewed(approvedBy(ben, { reviewer: unknown('the account is gone') })), 'wait', 'reviewer-unknown'],
    ['by someone asked to review again does not count (A12)', byBen({ pullRequest: { ...mergeFactsOf().pullRequest, requestedReviewers: [ben] } }), 'wait', 'review-requested-again'],
    ['counts while somebody else is asked to review', byBen({ pullRequest: { ...mergeFactsOf().pullRequest, requestedReviewers: [cho] } }), 'allow', 'ok'],
    ['of another pull request does not count (A14)', reviewed(approvedBy(ben, { pullRequest: 13 })), 'wait', 'approval-other-pull-request'],
    ['after the base moved counts', byBen({ baseMoves: completeList([{ kind: 'retargeted', movedAt: reviewedAt - 1000 }]) }), 'allow', 'ok'],
    ['in the second the base moved does not count (A08)', byBen({ baseMoves: completeList([{ kind: 'retargeted', movedAt: reviewedAt - 5000 }, { kind: 'rewritten', movedAt: reviewedAt }]) }), 'wait', 'approval-before-base-move'],
    ['one second after the last push counts', reviewed(approvedBy(ben, { submittedAt: pushedAt + 1000 })), 'allow', 'ok'],
    ['in the second of the last push does not count (A02)', reviewed(approvedBy(ben, { submittedAt: pushedAt })), 'wait', 'approval-head-not-shown'],
    ['before the first push does not count', reviewed(approvedBy(ben, { submittedAt: pushedAt - 1000 })), 'wait', 'approval-head-not-shown'],
    ['before the last push does not count (A01)', byBen({ pushes: completeList([pushBy(ana, { after: olderSha }), pushBy(ana, { before: olderSha, pushedAt: reviewedAt + 1000 })]), reviews: completeList([approvedBy(ben, { commitId: olderSha })]) }), 'wait', 'approval-not-for-head'],
    ['given to the same content before the branch went away and came back counts', byBen({ pushes: completeList([pushBy(ana), pushBy(ana, { before: headSha, after: olderSha, pushedAt: reviewedAt + 1000 }), pushBy(ana, { before: olderSha, pushedAt: reviewedAt + 2000 })]) }), 'allow', 'ok'],
    ['given while the branch was away does not count (A04)', byBen({ pushes: completeList([pushBy(ana), pushBy(ana, { before: headSha, after: olderSha, kind: 'force-push', pushedAt: reviewedAt - 90_000 }), pushBy(ana, { before: olderSha, kind: 'force-push', pushedAt: reviewedAt + 2000 })]) }), 'wait', 'approval-head-not-shown'],
    ['from a page that showed the head before does not count, also when the branch is forced away and back later (A02, A03)', byBen({ pushes: completeList([pushBy(ana, { after: olderSha, pushedAt: pushedAt - 600_000 }), pushBy(ana, { before: olderSha }), pushBy(ana, { before: headSha, after: fakeSha('99'), kind: 'force-push', pushedAt: reviewedAt + 1000 }), pushBy(ana, { before: fakeSha('99'), kind: 'force-push', pushedAt: reviewedAt + 2000 })]), reviews: completeList([approvedBy(ben, { commitId: olderSha })]) }), 'wait', 'approval-head-not-shown'],
    ['a minute after the head came counts although GitHub may have moved it since', forced(60_000), 'allow', 'ok'],
    ['less than a minute after the head came does not, once GitHub may have moved it (A02, A03)', forced(59_000), 'wait', 'approval-head-not-shown'],
    ['moved by GitHub to the new head after a push does not count (A03)', byBen({ pushes: completeList([pushBy(ana, { after: olderSha }), pushBy(ana, { before: olderSha, kind: 'force-push', pushedAt: reviewedAt + 1000 })]) }), 'wait', 'approval-not-for-head'],
    ['tied to another commit does not count (A02)', reviewed(approvedBy(ben, { commitId: olderSha })), 'wait', 'approval-head-not-shown'],
    ['tied to no commit does not count', reviewed(approvedBy(ben, { commitId: null })), 'wait', 'approval-head-not-shown'],
    ['to an earlier head carries over by a merge made again (A15)', rebased([proofFrom(olderSha)]), 'allow', 'approval-carried'],
    ['to an earlier head does not when the merge gives another tree (A06)', rebased([proofFrom(olderSha, { tree: known(fakeSha('77')) })]), 'wait', 'approval-not-for-head'],
    ['to an earlier head does not when the merge conflicts', rebased([proofFrom(olderSha, { tree: known(null) })]), 'wait', 'approval-not-for-head'],
    ['to an earlier head does not by the proof of another', rebased([proofFrom(baseSha)]), 'wait', 'approval-not-for-head'],
    ['to an earlier head is unknown while the merge is', rebased([proofFrom(olderSha, { tree: unknown('git is missing') })]), 'unknown', 'carry-over-unproven'],
    ['does not count when the history does not end at the head', byBen({ pushes: completeList([pushBy(ana, { after: olderSha })]) }), 'wait', 'approval-not-for-head'],
    ['that was dismissed does not count', reviewed(reviewBy(ben, { state: 'dismissed', dismissedBy: known(cho), dismissedState: 'approved' })), 'wait', 'not-an-approval'],
    ['is not what a comment is (A13)', reviewed(reviewBy(ben, { state: 'commented' })), 'wait', 'comment-only'],
  ])('%s', (_name, facts, outcome, judgedReason) => {
    const rule = ruleOf(ask(facts), 'review');
    expect(rule.outcome).toBe(outcome);
    expect(rule.judged.map(({ reason }) => reason)).toEqual([judgedReason]);
    expect(rule.judged[0]?.counted).toBe(outcome === 'allow');
    expect(ruleText(rule)).toMatchSnapshot();
  });

  test('is not revived by the dismissal of a later one (A09)', () => {
    const earlier = approvedBy(ben, { id: 1 });
    const dismissed = reviewBy(ben, { id: 2, state: 'dismissed', submittedAt: reviewedAt + 1000, dismissedBy: known(cho), dismissedState: 'approved' });
    expect(ruleOf(ask(reviewed(earlier, dismissed)), 'review')).toMatchObject({ outcome: 'wait', judged: [{ counted: false, reason: 'opinion-replaced' }, { counted: false }] });
  });

  test('stays one when only a comment follows', () => {
    const comment = reviewBy(ben, { id: 5000, state: 'commented', submittedAt: reviewedAt + 1000 });
    expect(ask(reviewed(approvedBy(ben), comment)).outcome).toBe('allow');
  });

  test('given twice by one person is one', () => {
    const twice = reviewed(approvedBy(ben, { id: 1 }), approvedBy(ben, { id: 2, submittedAt: reviewedAt + 1000 }));
    expect(ruleOf(ask(twice, { policy: withReview({ approvals: 2 }) }), 'review').outcome).toBe('wait');
  });

  test('by a writer is too little where the policy wants an administrator', () => {
    expect(ruleOf(ask(byBen(), { policy: withReview({ permission: 'admin' }) }), 'review').outcome).toBe('wait');
  });
});

describe('the review rule', () => {
  test('names who can approve, and nobody who contributed', () => {
    const decision = ask(mergeFactsOf({ reviews: completeList([]) }));
    expect(ruleOf(decision, 'review')).toMatchObject({ outcome: 'wait', reason: 'approvals-missing' });
    expect(decision.next).toContainEqual({ who: '1 of ben and cho', what: 'review #12 and approve its head', effort: 'review' });
  });

  test('waits and says who is missing when nobody can approve (T16)', () => {
    const decision = ask(mergeFactsOf({ reviews: completeList([]), candidates: completeList([ana, robot]) }));
    expect(ruleOf(decision, 'review')).toMatchObject({ outcome: 'wait', reason: 'nobody-can-approve' });
  });

  test('is unknown when reviews are cut short, although one counts', () => {
    expect(ruleOf(ask(mergeFactsOf({ reviews: partialList([approvedBy(ben)], '1 of 2 read') })), 'review').reason).toBe('list-incomplete');
  });
});

describe('contributors', () => {
  test.each<[string, MergeFacts]>([
    ['the author of the pull request', withPullRequest({ author: unknown('deleted account') })],
    ['a commit author (M07)', mergeFactsOf({ commits: completeList([commitBy(ana, { author: unknown('no account has that address') })]) })],
    ['a committer', mergeFactsOf({ commits: completeList([commitBy(ana, { committer: unknown('no account has that address') })]) })],
    ['a co-author', mergeFactsOf({ commits: completeList([commitBy(ana, { coAuthors: [unknown('no account has that address')] })]) })],
    ['a pusher', mergeFactsOf({ pushes: completeList([pushBy(ana, { actor: unknown('deleted account') })]) })],
  ])('are unknown when %s is', (_name, facts) => {
    const decision = ask(facts);
    expect(decision.outcome).toBe('unknown');
    expect(ruleOf(decision, 'contributors-known')).toMatchObject({ outcome: 'unknown', reason: 'contributor-unknown' });
    expect(saidOf(decision, 'contributors-known')).toMatchSnapshot();
  });

  test.each<[string, MergeFacts]>([
    ['commits', mergeFactsOf({ commits: partialList([commitBy(ana)], '250 of 300 read') })],
    ['pushes', mergeFactsOf({ pushes: partialList([pushBy(ana)], 'older than 90 days') })],
  ])('are unknown when %s are cut short', (_name, facts) => {
    expect(ruleOf(ask(facts), 'contributors-known')).toMatchObject({ outcome: 'unknown', reason: 'list-incomplete' });
  });
});

describe('the head', () => {
  test.each<[string, MergeFacts, ReasonCode]>([
    ['must end the push history', mergeFactsOf({ pushes: completeList([pushBy(ana, { after: olderSha })]) }), 'head-not-in-push-history'],
    ['must be in a history that is not empty', mergeFactsOf({ pushes: completeList([]) }), 'head-not-in-push-history'],
    ['is not found by an earlier push of the same commit', mergeFactsOf({ pushes: completeList([pushBy(ana), pushBy(ana, { after: baseSha, pushedAt: pushedAt + 1000 })]) }), 'head-not-in-push-history'],
    ['must have a whole history', mergeFactsOf({ pushes: partialList([pushBy(ana)], 'older than 90 days') }), 'list-incomplete'],
  ])('%s', (_name, facts, reason) => {
    const decision = ask(facts);
    expect(ruleOf(decision, 'head')).toMatchObject({ outcome: 'unknown', reason });
    expect(saidOf(decision, 'head')).toMatchSnapshot();
  });
});
