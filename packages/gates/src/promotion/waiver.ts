import type { GrantFact } from '../facts/shared.ts';
import { ruling } from '../ruling.ts';
import type { Finding, Grounds, Ruling } from '../ruling.ts';

/** What an override may waive: time, and nothing else. */
export type Waivable = GrantFact['waives'][number];

/** A valid grant and what it waives under the policy of today. */
export type Waiver = { readonly grant: GrantFact; readonly waives: readonly Waivable[] };

/** A rule about time: a valid override that waives it turns waiting, and only waiting, into a yes. */
export function timeRuling(rule: string, findings: readonly Finding[], grounds: Grounds, kind: Waivable, waiver: Waiver | null): Ruling {
  const onlyWaits = findings.length > 0 && findings.every(({ outcome }) => outcome === 'wait');
  if (!onlyWaits || waiver === null || !waiver.waives.includes(kind)) return ruling(rule, findings, grounds);
  const summary = `Override ${waiver.grant.id} waives it: ${findings.map((finding) => finding.summary).join(' ')}`;
  return ruling(rule, [], { ...grounds, reason: 'overridden', summary, evidence: [...(grounds.evidence ?? []), `override ${waiver.grant.id}, ledger entry ${waiver.grant.ledgerIndex}`] });
}
