import type { Question } from '../create-gate.ts';
import { cutShort, ruling } from '../ruling.ts';
import type { Finding, Ruling } from '../ruling.ts';
import type { PromotionFacts } from './promotion-facts.ts';

/** Does anyone hold promotions? A hold is never waived; whoever can close it ends it. */
export function holdsRule({ facts }: Question<PromotionFacts>): Ruling {
  const holds = [...facts.holds.items].sort((a, b) => a.issue - b.issue);
  const findings = holds.map(({ issue, owner, reason }): Finding => ({
    outcome: 'wait',
    reason: 'hold',
    summary: `${owner.login} holds promotions (#${issue}): ${reason}.`,
    next: [{ who: owner.login, what: `close #${issue} when promotions may go on` }],
  }));
  const incomplete = facts.holds.complete ? [] : [cutShort('holds', facts.holds.missing)];
  return ruling('holds', [...findings, ...incomplete], { summary: 'Nobody holds promotions.', evidence: holds.map(({ issue }) => `#${issue}`) });
}
