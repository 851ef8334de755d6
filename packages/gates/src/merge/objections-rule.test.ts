import { describe, expect, test } from 'vitest';
import { completeList, known, unknown } from '../facts/fact.ts';
import type { MergeFacts, ReviewFact } from '../facts/merge-facts.ts';
import type { Person, Role } from '../facts/shared.ts';
import type { ReasonCode } from '../reason-codes.ts';
import { ana, approvedBy, ask, ben, cho, dia, mergeFactsOf, reviewBy, reviewedAt, reviewerOf, robot, ruleOf, ruleText } from '../testing/index.ts';

const withObjection = (review: ReviewFact, reviewers: MergeFacts['reviewers'] = [], later: readonly ReviewFact[] = []) =>
  mergeFactsOf({ reviews: completeList([approvedBy(ben), review, ...later]), reviewers: [reviewerOf(ben), reviewerOf(cho), ...reviewers] });
const objectionOf = (person: Person, role: Role) => mergeFactsOf({ reviews: completeList([approvedBy(ben), reviewBy(person, { state: 'changes-requested' })]), reviewers: [reviewerOf(ben), reviewerOf(person, role)] });
const dismissed = (by: ReviewFact['dismissedBy'], changes: Partial<ReviewFact> = {}) => reviewBy(cho, { state: 'dismissed', dismissedBy: by, dismissedState: 'changes-requested', ...changes });

describe('an objection', () => {
  test.each<[string, MergeFacts, string, ReasonCode]>([
    ['blocks', objectionOf(cho, 'write'), 'deny', 'changes-requested'],
    ['of a triager blocks', objectionOf(cho, 'triage'), 'deny', 'changes-requested'],
    ['of someone with a custom role blocks', objectionOf(cho, 'other'), 'deny', 'changes-requested'],
    ['of a contributor blocks', objectionOf(ana, 'write'), 'deny', 'changes-requested'],
    ['of a reader does not block', objectionOf(cho, 'read'), 'allow', 'ok'],
    ['of a bot does not block', objectionOf(robot, 'admin'), 'allow', 'ok'],
    ['of someone not known is gone when someone who may dismisses it (M11)', withObjection(dismissed(known(ben), { reviewer: unknown('deleted account') })), 'allow', 'ok'],
    ['of someone not known stands when the author dismisses it', withObjection(dismissed(known(ana), { reviewer: unknown('deleted account') })), 'unknown', 'fact-missing'],
    ['is not withdrawn by an approval of another pull request (A14)', withObjection(reviewBy(cho, { state: 'changes-requested', id: 1 }), [], [approvedBy(cho, { id: 2, pullRequest: 13, submittedAt: reviewedAt + 1000 })]), 'deny', 'changes-requested'],
    ['of another pull request does not block', withObjection(reviewBy(cho, { state: 'changes-requested', pullRequest: 13 })), 'allow', 'ok'],
    ['of someone not known is unknown', withObjection(reviewBy(cho, { state: 'changes-requested', reviewer: unknown('deleted account') })), 'unknown', 'fact-missing'],
    ['of someone whose role was not read is unknown', withObjection(reviewBy(dia, { state: 'changes-requested' })), 'unknown', 'fact-missing'],
    ['dismissed by someone else is gone', withObjection(dismissed(known(dia)), [reviewerOf(dia)]), 'allow', 'ok'],
    ['dismissed by someone with a custom role is gone', withObjection(dismissed(known(dia)), [reviewerOf(dia, 'other')]), 'allow', 'ok'],
    ['dismissed by someone whose role was not read is unknown', withObjection(dismissed(known(dia))), 'unknown', 'fact-missing'],
    ['dismissed by the person who made it is gone', withObjection(dismissed(known(cho))), 'allow', 'ok'],
    ['dismissed by the author still blocks (A11)', withObjection(dismissed(known(ana))), 'deny', 'objection-dismissed-by-contributor'],
    ['dismissed by a bot still blocks', withObjection(dismissed(known(robot))), 'deny', 'objection-dismissed-by-contributor'],
    ['dismissed by a reader still blocks', withObjection(dismissed(known(dia)), [reviewerOf(dia, 'read')]), 'deny', 'objection-dismissed-by-contributor'],
    ['dismissed by someone not known is unknown', withObjection(dismissed(unknown('not in the timeline'))), 'unknown', 'fact-missing'],
    ['dismissed by nobody named is unknown', withObjection(dismissed(null)), 'unknown', 'fact-missing'],
    ['is what a dismissed review counts as when GitHub does not say what it was', withObjection(reviewBy(cho, { state: 'dismissed', dismissedBy: known(ana) })), 'deny', 'objection-dismissed-by-contributor'],
    ['is not what a dismissed approval is', withObjection(dismissed(known(ana), { dismissedState: 'approved' })), 'allow', 'ok'],
  ])('%s', (_name, facts, outcome, reason) => {
    const rule = ruleOf(ask(facts), 'objections');
    expect(rule).toMatchObject({ outcome, reason });
    expect(ruleText(rule)).toMatchSnapshot();
  });

  test('is withdrawn by a later approval of the same person', () => {
    const facts = mergeFactsOf({ reviews: completeList([reviewBy(ben, { id: 1, state: 'changes-requested' }), approvedBy(ben, { id: 2, submittedAt: reviewedAt + 1000 })]) });
    expect(ask(facts).outcome).toBe('allow');
  });

  test('is not withdrawn by a later comment of the same person (A10)', () => {
    const comment = reviewBy(cho, { id: 9999, state: 'commented', submittedAt: reviewedAt + 1000 });
    const facts = mergeFactsOf({ reviews: completeList([approvedBy(ben), reviewBy(cho, { state: 'changes-requested' }), comment]), reviewers: [reviewerOf(ben), reviewerOf(cho)] });
    expect(ask(facts).outcome).toBe('deny');
  });

  test('after own approval blocks (A10)', () => {
    const facts = mergeFactsOf({ reviews: completeList([approvedBy(ben, { id: 1 }), reviewBy(ben, { id: 2, state: 'changes-requested', submittedAt: reviewedAt + 1000 })]) });
    expect(ask(facts).outcome).toBe('deny');
  });
});
