import type { Question } from '../create-gate.ts';
import { ruling } from '../ruling.ts';
import type { Finding, Ruling } from '../ruling.ts';
import type { PromotionFacts } from './promotion-facts.ts';

/** At the start of a deploy job: is its number the newest, intended, and not used up? */
export function numberRule({ facts }: Question<PromotionFacts>): Ruling {
  const { asking } = facts;
  if (asking.for === 'promotion') return ruling('number', [], { reason: 'not-applicable', summary: 'The promotion has no number yet.' });
  const next = [{ who: 'the gatekeeper', what: 'makes the next promotion, with a higher number' }];
  const denied = (reason: Finding['reason'], summary: string): Finding => ({ outcome: 'deny', reason, summary, next });
  const findings = [
    ...(asking.intended ? [] : [denied('tag-not-intended', `The ledger does not intend ${asking.tag} for this build. A tag made by hand starts nothing.`)]),
    ...(asking.ended ? [denied('number-used', `Promotion ${asking.number} has already ended; running it again starts nothing.`)] : []),
    ...(asking.newest === asking.number ? [] : [denied('number-superseded', `Promotion ${asking.number} is not the newest to ${facts.environment}; ${asking.newest} is.`)]),
  ];
  return ruling('number', findings, { summary: `Promotion ${asking.number} is the newest to ${facts.environment} and has not ended.`, evidence: [asking.tag] });
}
