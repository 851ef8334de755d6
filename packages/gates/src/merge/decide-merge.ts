import { createGate } from '../create-gate.ts';
import type { MergeFacts } from '../facts/merge-facts.ts';
import type { Gate } from '../gate.ts';
import { codeOwnersRule } from './code-owners-rule.ts';
import { contributorsRule } from './contributors-rule.ts';
import { groupRule } from './group-rule.ts';
import { headRule } from './head-rule.ts';
import { objectionsRule } from './objections-rule.ts';
import { mergeQuestion } from './merge-question.ts';
import type { MergeRule } from './merge-question.ts';
import { reviewRule } from './review-rule.ts';
import { sensitiveRule } from './sensitive-rule.ts';
import { sharedHeadRule } from './shared-head-rule.ts';
import { signaturesRule } from './signatures-rule.ts';
import { targetRule } from './target-rule.ts';
import { testsRule } from './tests-rule.ts';

/** In the order in which a decision shows them. */
const mergeRules: readonly MergeRule[] = [targetRule, headRule, sharedHeadRule, groupRule, testsRule, contributorsRule, signaturesRule, reviewRule, objectionsRule, sensitiveRule, codeOwnersRule];

/** May this pull request merge? Tests pass on the head, and a second person approved exactly that. */
export const decideMerge: Gate<MergeFacts> = createGate({
  gate: 'merge',
  subject: ({ repository, pullRequest }) => `${repository.owner}/${repository.name}#${pullRequest.number} at ${pullRequest.head.sha.slice(0, 7)}`,
  prepare: mergeQuestion,
  rules: mergeRules,
});
