import type { Question } from '../create-gate.ts';
import type { MergeFacts } from '../facts/merge-facts.ts';
import type { Ruling } from '../ruling.ts';
import { judgeApprovals } from './judge-approval.ts';
import type { JudgedReview } from './judge-approval.ts';
import { readChange } from './readings.ts';
import type { Readings } from './readings.ts';

/** What every rule of the merge gate is given. `reviews` are all of them, in the order of their ids. */
export type MergeQuestion = Question<MergeFacts> & { readonly readings: Readings; readonly reviews: readonly JudgedReview[] };

export type MergeRule = (question: MergeQuestion) => Ruling;

export function mergeQuestion({ policy, facts, now, at }: Question<MergeFacts>): MergeQuestion {
  const readings = readChange(policy, facts);
  return { policy, facts, now, at, readings, reviews: judgeApprovals(policy.merge.review, facts, readings) };
}
