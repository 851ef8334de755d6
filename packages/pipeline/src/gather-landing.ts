import type { Fact, LandingFact } from '@sallyport/gates';
import type { LedgerState, RecordedDecision } from './ledger-state.ts';
import type { Changes, Landing } from './ports.ts';

/** How a commit landed, joined with the merge decision recorded for exactly the head that landed, before it landed. */
export async function gatherLanding(changes: Changes, state: LedgerState, commit: string, branch: string): Promise<Fact<LandingFact>> {
  const landing = await changes.findLanding(commit, branch);
  return 'known' in landing ? { known: withDecision(landing.known, state) } : landing;
}

function withDecision(landing: Landing, state: LedgerState): LandingFact {
  if (landing.change === null) return { ...landing, change: null };
  const { number, headSha, mergedAt } = landing.change;
  const made = state.decisions.findLast((decision) => judges(decision, number, headSha) && decision.at <= mergedAt);
  const decision = made === undefined ? null : { ledgerIndex: made.index, outcome: made.outcome, headSha, decidedAt: made.at };
  return { ...landing, change: { ...landing.change, decision } };
}

/** Whether a recorded merge decision is about this pull request at exactly this head. */
export function judges(made: RecordedDecision, number: number, headSha: string): boolean {
  if (made.gate !== 'merge') return false;
  const { pullRequest } = made.facts as { pullRequest?: { number?: unknown; head?: { sha?: unknown } } };
  return pullRequest?.number === number && pullRequest.head?.sha === headSha;
}
