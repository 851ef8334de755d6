import type { GrantFact } from '../facts/shared.ts';
import { ruling } from '../ruling.ts';
import type { Finding, Grounds, Ruling } from '../ruling.ts';

/** What may be waived: time, and nothing else. */
export type Waivable = GrantFact['waives'][number];

/** What turns waiting into a yes: a valid override, or a rollback that somebody asked for. */
export type Waiver = {
  readonly reason: 'overridden' | 'rollback';
  /** Begins a sentence: `Override 31`. */
  readonly name: string;
  readonly evidence: string;
  /** Under the policy of today. */
  readonly waives: readonly Waivable[];
};

/** A rule about time: a waiver of its kind turns waiting, and only waiting, into a yes. */
export function timeRuling(rule: string, findings: readonly Finding[], grounds: Grounds, kind: Waivable, waiver: Waiver | null): Ruling {
  const onlyWaits = findings.length > 0 && findings.every(({ outcome }) => outcome === 'wait');
  if (!onlyWaits || waiver === null || !waiver.waives.includes(kind)) return ruling(rule, findings, grounds);
  const { reason, name, evidence } = waiver;
  const summary = `${name} waives it: ${findings.map((finding) => finding.summary).join(' ')}`;
  return ruling(rule, [], { ...grounds, reason, summary, evidence: [...(grounds.evidence ?? []), evidence] });
}
