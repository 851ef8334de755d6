import type { Question } from '../create-gate.ts';
import type { NextStep } from '../decision.ts';
import { cutShort, ruling } from '../ruling.ts';
import type { Finding, Ruling } from '../ruling.ts';
import type { PromotionFacts } from './promotion-facts.ts';

/** Does anyone hold promotions? A hold is never waived; whoever can close it ends it. */
export function holdsRule({ facts }: Question<PromotionFacts>): Ruling {
  const holds = [...facts.holds.items].sort((a, b) => a.issue - b.issue);
  const findings = holds.map((hold): Finding => ({
    outcome: 'wait',
    reason: 'hold',
    summary: `${hold.owner.login} holds promotions (#${hold.issue}): ${hold.reason}.`,
    next: [endOf(hold, facts.environment)],
  }));
  const incomplete = facts.holds.complete ? [] : [cutShort('holds', facts.holds.missing)];
  return ruling('holds', [...findings, ...incomplete], { summary: 'Nobody holds promotions.', evidence: holds.map(({ issue }) => `#${issue}`) });
}

/** A hold by command is ended by one; a hold that is an issue, by closing it. */
function endOf({ owner, issue, comment }: PromotionFacts['holds']['items'][number], environment: string): NextStep {
  if (comment === undefined) return { who: owner.login, what: `close #${issue} when promotions may go on` };
  return { who: `${owner.login}, or someone with the maintain role`, what: `comment on #${issue} when promotions may go on`, command: `/resume ${environment}` };
}
