import { evaluate } from '../evaluate.ts';
import type { MergeFacts } from '../facts/merge-facts.ts';
import type { Gate } from '../gate.ts';
import { contributorsRule } from './contributors-rule.ts';
import { groupRule } from './group-rule.ts';
import { headRule } from './head-rule.ts';
import { objectionsRule } from './objections-rule.ts';
import { policyEnforcedRule } from './policy-enforced-rule.ts';
import { reviewRule } from './review-rule.ts';
import { sensitiveRule } from './sensitive-rule.ts';
import { sharedHeadRule } from './shared-head-rule.ts';
import { targetRule } from './target-rule.ts';
import { testsRule } from './tests-rule.ts';

/** May this pull request merge? Tests pass on the head, and a second person approved exactly that. */
export const decideMerge: Gate<MergeFacts> = (policy, facts, now) =>
  evaluate(
    {
      gate: 'merge',
      subject: ({ repository, pullRequest }) => `${repository.owner}/${repository.name}#${pullRequest.number} at ${pullRequest.head.sha.slice(0, 7)}`,
      rules: [policyEnforcedRule, targetRule, headRule, sharedHeadRule, groupRule, testsRule, contributorsRule, reviewRule, objectionsRule, sensitiveRule],
    },
    policy,
    facts,
    now,
  );
