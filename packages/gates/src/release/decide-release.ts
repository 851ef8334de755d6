import { createGate } from '../create-gate.ts';
import type { Question, Rule } from '../create-gate.ts';
import type { ReleaseFacts } from '../facts/release-facts.ts';
import type { Gate } from '../gate.ts';
import { lastingRules } from '../promotion/decide-stage.ts';
import { fitRule } from '../promotion/fit-rule.ts';
import { freezeRule } from '../promotion/freeze-rule.ts';
import { rollbackWaiver } from '../promotion/judge-rollback.ts';
import { promotionSubject } from '../promotion/promotion-facts.ts';
import type { Waiver } from '../promotion/waiver.ts';
import { windowRule } from '../promotion/window-rule.ts';
import type { Ruling } from '../ruling.ts';
import { overrideRule, waiverOf } from './override-rule.ts';
import { reviewsRule } from './reviews-rule.ts';
import { healthyBeforeRule, soakRule } from './soak-rule.ts';

const waived =
  (rule: (question: Question<ReleaseFacts>, waiver: Waiver | null) => Ruling): Rule<ReleaseFacts> =>
  (question) =>
    rule(question, waiverOf(question.policy, question.facts, question.at) ?? rollbackWaiver(question));

/** May this build enter an environment that comes after another? An override waives time, never what came before; a rollback goes where the build was before. */
export const decideRelease: Gate<ReleaseFacts> = createGate<ReleaseFacts, Question<ReleaseFacts>>({
  gate: 'release',
  subject: promotionSubject,
  prepare: (question) => question,
  rules: [...lastingRules, healthyBeforeRule, overrideRule, waived(soakRule), waived(freezeRule), waived(windowRule), waived(fitRule), waived(reviewsRule)],
});
