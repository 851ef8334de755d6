import type { Question } from '../evaluate.ts';
import type { MergeFacts } from '../facts/merge-facts.ts';
import { notEnforced } from '../not-enforced.ts';
import { ruling } from '../ruling.ts';
import type { Ruling } from '../ruling.ts';

/** Does the policy ask for something that this gate cannot judge yet? It is never silently ignored. */
export function policyEnforcedRule({ policy }: Question<MergeFacts>): Ruling {
  const findings = policy.merge.review.codeOwners === 'required' ? [notEnforced('merge.review.code-owners', 'required', 'ignored')] : [];
  return ruling('policy-enforced', findings, { summary: 'The policy asks for nothing that this gate cannot judge.' });
}
