import type { Question } from '../create-gate.ts';
import type { OverrideFacts } from '../facts/override-facts.ts';
import { missingFact, ruling } from '../ruling.ts';
import type { Finding, Ruling } from '../ruling.ts';

/** Was this request granted before? A request is granted once. */
export function onceRule({ facts }: Question<OverrideFacts>): Ruling {
  return ruling('once', findings(facts), { summary: `#${facts.request.id} has not been granted before.` });
}

function findings({ granted, request }: OverrideFacts): readonly Finding[] {
  if ('unknown' in granted) return [missingFact('Whether the request was granted before', granted.unknown)];
  if (granted.known === null) return [];
  const summary = `#${request.id} was already granted (ledger entry ${granted.known.ledgerIndex}).`;
  return [{ outcome: 'deny', reason: 'already-granted', summary, next: [{ who: request.requester.login, what: 'use that grant, or make a new request' }] }];
}
