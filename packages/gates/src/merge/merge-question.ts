import type { Question } from '../evaluate.ts';
import type { MergeFacts } from '../facts/merge-facts.ts';
import type { Ruling } from '../ruling.ts';
import { judgeApprovals } from './judge-approval.ts';
import type { JudgedReview } from './judge-approval.ts';
import { readChange } from './readings.ts';
import type { Readings } from './readings.ts';

/** What every rule of the merge gate is given. `reviews` are all of them, in the order of their ids. */
export type MergeQuestion = Question<MergeFacts> & { readonly readings: Readings; readonly reviews: readonly JudgedReview[] };

export type MergeRule = (question: MergeQuestion) => Ruling;

export function mergeQuestion(question: Question<MergeFacts>): MergeQuestion {
  const readings = readChange(question.policy, question.facts);
  return { ...question, readings, reviews: judgeApprovals(question.policy.merge.review, question.facts, readings) };
}
