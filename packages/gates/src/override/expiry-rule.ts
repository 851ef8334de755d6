import type { Question } from '../create-gate.ts';
import type { OverrideFacts } from '../facts/override-facts.ts';
import { untrustedTime } from '../promotion/untrusted-time.ts';
import { ruling } from '../ruling.ts';
import type { Finding, Ruling } from '../ruling.ts';
import { termsOf } from './grant-terms.ts';
import type { GrantTerms } from './grant-terms.ts';

/** Would the grant still hold now? Its time runs from the latest approval that counts. */
export function expiryRule({ policy, facts, at }: Question<OverrideFacts>): Ruling {
  const terms = termsOf(policy, facts);
  if (terms === null) return ruling('expiry', [], { reason: 'not-applicable', summary: 'Nothing is approved yet, so nothing can expire.' });
  const evidence = [`granted ${text(terms.grantedAt)}`, `expires ${text(terms.expiresAt)}`];
  return ruling('expiry', findings(terms, facts, at), { summary: `It holds until ${text(terms.expiresAt)}.`, evidence });
}

function findings({ grantedAt, expiresAt }: GrantTerms, { request }: OverrideFacts, at: number | null): readonly Finding[] {
  if (at === null) return [untrustedTime('Whether the approval has expired')];
  if (at < grantedAt) return [{ outcome: 'wait', reason: 'override-not-yet-granted', summary: `The latest approval is dated ${text(grantedAt)}, which is still to come.`, recheckAt: grantedAt }];
  if (at < expiresAt) return [];
  return [{ outcome: 'deny', reason: 'override-expired', summary: `What was approved expired ${text(expiresAt)}.`, next: [{ who: request.requester.login, what: 'make a new request' }] }];
}

const text = (at: number): string => new Date(at).toISOString();
