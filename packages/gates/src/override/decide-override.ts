import { createGate } from '../create-gate.ts';
import type { OverrideFacts } from '../facts/override-facts.ts';
import type { Gate } from '../gate.ts';
import { valueOf } from '../promotion/promotion-facts.ts';
import { short } from '../wording.ts';
import { approvalsRule } from './approvals-rule.ts';
import { expiryRule } from './expiry-rule.ts';
import { onceRule } from './once-rule.ts';
import { offeredRule, requestRule } from './request-rule.ts';

/** Does this request become a grant? A grant waives time for one build in one environment, once. */
export const decideOverride: Gate<OverrideFacts> = createGate({
  gate: 'override',
  subject: ({ request, build }) => `override ${request.id}: ${valueOf(build)?.version ?? short(request.build)} to ${request.environment}`,
  prepare: (question) => question,
  rules: [offeredRule, requestRule, onceRule, approvalsRule, expiryRule],
});
