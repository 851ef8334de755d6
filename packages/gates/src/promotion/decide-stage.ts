import { createGate } from '../create-gate.ts';
import type { Question, Rule } from '../create-gate.ts';
import type { StageFacts } from '../facts/stage-facts.ts';
import type { Gate } from '../gate.ts';
import { buildRule } from './build-rule.ts';
import { environmentRule } from './environment-rule.ts';
import { fitRule } from './fit-rule.ts';
import { freezeRule } from './freeze-rule.ts';
import { holdsRule } from './holds-rule.ts';
import { rollbackWaiver } from './judge-rollback.ts';
import { landingRule } from './landing-rule.ts';
import { numberRule } from './number-rule.ts';
import { oneAtATimeRule } from './one-at-a-time-rule.ts';
import { policyEnforcedRule } from './policy-enforced-rule.ts';
import { promotionSubject } from './promotion-facts.ts';
import type { PromotionFacts } from './promotion-facts.ts';
import { versionRule } from './version-rule.ts';
import { windowRule } from './window-rule.ts';

/** What every promotion must fulfil and no override can waive. */
export const lastingRules: readonly Rule<PromotionFacts>[] = [policyEnforcedRule, environmentRule, buildRule, landingRule, versionRule, numberRule, oneAtATimeRule, holdsRule];

/** May this build enter an environment that comes after no other? Overrides are for what comes after; only a rollback waives time here. */
export const decideStage: Gate<StageFacts> = createGate({
  gate: 'stage',
  subject: promotionSubject,
  prepare: (question) => question,
  rules: [...lastingRules, ...[freezeRule, windowRule, fitRule].map((rule) => (question: Question<PromotionFacts>) => rule(question, rollbackWaiver(question)))],
});
