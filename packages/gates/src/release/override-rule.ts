import type { Instant } from '@sallyport/calendar';
import type { Policy } from '@sallyport/policy';
import type { ReleaseFacts } from '../facts/release-facts.ts';
import type { Question } from '../create-gate.ts';
import { cutShort, ruling } from '../ruling.ts';
import type { Ruling } from '../ruling.ts';
import { judgeGrants } from './judge-grant.ts';
import type { OverrideWaiver } from './judge-grant.ts';

/** Is there an override for exactly this build and environment? It is no condition: having none stops nothing. */
export function overrideRule({ policy, facts, at }: Question<ReleaseFacts>): Ruling {
  const verdicts = judgeGrants(policy, facts, at);
  const chosen = waiverOf(policy, facts, at);
  const incomplete = facts.grants.complete ? [] : [cutShort('overrides', facts.grants.missing)];
  const summary = chosen === null ? 'No override applies to this build.' : `Override ${chosen.grant.id} applies to this build.`;
  const evidence = chosen === null ? [] : [`override ${chosen.grant.id}, ledger entry ${chosen.grant.ledgerIndex}`];
  return ruling('override', incomplete, { reason: chosen === null ? 'not-applicable' : 'ok', summary, evidence, judged: verdicts.map(({ judged }) => judged) });
}

/** The valid grant that waives most, the earliest in the ledger among equals; null when none is valid. */
export function waiverOf(policy: Policy, facts: ReleaseFacts, at: Instant | null): OverrideWaiver | null {
  const waivers = judgeGrants(policy, facts, at).flatMap(({ waiver }) => waiver ?? []);
  return [...waivers].sort((a, b) => b.waives.length - a.waives.length || a.grant.ledgerIndex - b.grant.ledgerIndex)[0] ?? null;
}
