import type { Question } from '../create-gate.ts';
import { notEnforced } from '../not-enforced.ts';
import { ruling } from '../ruling.ts';
import type { Ruling } from '../ruling.ts';
import { environmentOf } from './promotion-facts.ts';
import type { PromotionFacts } from './promotion-facts.ts';

/**
 * Does the policy ask for something that this gate cannot judge? It is never silently ignored. Provenance is judged with the build
 * and a schedule with the window; facts that were recorded before these were gathered hold none, and what was said of them then is still said.
 */
export function policyEnforcedRule({ policy, facts }: Question<PromotionFacts>): Ruling {
  const findings = [
    ...(policy.build.provenance === 'required' && facts.provenance === undefined ? [notEnforced('build.provenance', 'required', 'none')] : []),
    ...(environmentOf(policy, facts)?.promote === 'scheduled' && facts.schedule === undefined ? [notEnforced(`environments.${facts.environment}.promote`, 'scheduled', 'automatic')] : []),
  ];
  return ruling('policy-enforced', findings, { summary: 'The policy asks for nothing that this gate cannot judge.' });
}
