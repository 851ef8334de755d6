import { decideRelease, decideStage, releaseFacts, seal, stageFacts, waiverOf } from '@sallyport/gates';
import type { ClockReading, Decision, Sealed } from '@sallyport/gates';
import type { Calendars } from '../gather-calendars.ts';
import { gatherReleaseFacts, gatherStageFacts } from '../gather-promotion-facts.ts';
import type { PromotionQuestion } from '../gather-promotion-facts.ts';
import type { ProvenanceSources } from '../gather-provenance.ts';
import type { LedgerState } from '../ledger-state.ts';
import type { Changes, Desk, Probes, RepositoryFact } from '../ports.ts';
import type { CurrentPolicy } from '../read-policy.ts';

export type PromotionSources = {
  readonly outside: ProvenanceSources & { readonly changes: Changes; readonly desk: Desk; readonly probes: Probes };
  readonly calendars: Calendars;
  readonly repository: RepositoryFact;
  readonly policy: CurrentPolicy;
  readonly state: LedgerState;
  readonly now: ClockReading;
  /** Why commands on the release issues may be unread; null when all are read. */
  readonly unreadCommands: string | null;
};

export type PromotionAnswer = {
  readonly decision: Decision;
  readonly facts: Sealed<unknown>;
  /** The override that the decision leans on; null when it needs none. */
  readonly override: string | null;
};

/** Gathers and decides whether a build may enter an environment: the stage gate for a first one, the release gate for a later one. */
export async function decidePromotion(sources: PromotionSources, question: PromotionQuestion): Promise<PromotionAnswer> {
  const { policy, now } = sources;
  const { changes, desk, probes, builds, trustRoots } = sources.outside;
  // Where no server told the time, nothing is allowed whatever was gathered.
  const at = now.serverAt ?? now.localAt;
  const from = { changes, desk, probes, at, builds, trustRoots, policy: policy.sealed.value, calendars: sources.calendars, repository: sources.repository, state: sources.state, unreadCommands: sources.unreadCommands };
  if (question.environment.after === null) {
    const facts = seal(stageFacts, await gatherStageFacts(from, question));
    return { facts, decision: decideStage(policy.sealed, facts, now), override: null };
  }
  const facts = seal(releaseFacts, await gatherReleaseFacts(from, question));
  const decision = decideRelease(policy.sealed, facts, now);
  const leans = decision.rules.some(({ rule, reason }) => rule !== 'override' && reason === 'overridden') && now.serverAt !== null;
  return { facts, decision, override: leans ? (waiverOf(policy.sealed.value, facts.value, now.serverAt)?.grant.id ?? null) : null };
}
