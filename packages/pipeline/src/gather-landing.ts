import type { Fact, LandingFact } from '@sallyport/gates';
import type { LedgerState, RecordedDecision } from './ledger-state.ts';
import type { Changes, Landing } from './ports.ts';
import { judgedMerge, judges } from './recorded-merge.ts';

/** How a commit landed, joined with the merge decision recorded for exactly what landed, before it landed. */
export async function gatherLanding(changes: Pick<Changes, 'findLanding'>, state: Pick<LedgerState, 'decisions'>, commit: string, branch: string): Promise<Fact<LandingFact>> {
  const landing = await changes.findLanding(commit, branch);
  return 'known' in landing ? { known: withDecision(landing.known, state) } : landing;
}

/** Adds the ledger's part to what GitHub says of a landing. */
export function withDecision(landing: Landing, state: Pick<LedgerState, 'decisions'>): LandingFact {
  if (landing.change === null) return { ...landing, change: null };
  const { number, headSha, mergedAt } = landing.change;
  const made = latestDecision(state.decisions, { number, base: landing.branch, headSha, commit: landing.commit, mergedAt });
  const judged = made === undefined ? null : judgedMerge(made);
  const decision = made === undefined || judged === null ? null : { ledgerIndex: made.index, outcome: made.outcome, headSha, judgedTree: judged.tree, decidedAt: made.at };
  return { ...landing, change: { ...landing.change, decision } };
}

/** A group of the merge queue lands as the very commit that was judged; its verdict goes before the head's, which was only the way into the queue. */
function latestDecision(decisions: readonly RecordedDecision[], { number, base, headSha, commit, mergedAt }: { readonly number: number; readonly base: string; readonly headSha: string; readonly commit: string; readonly mergedAt: number }): RecordedDecision | undefined {
  const latest = (groupSha: string | null): RecordedDecision | undefined => decisions.findLast((made) => made.at <= mergedAt && judges(made, { number, base, headSha, groupSha }));
  return latest(commit) ?? latest(null);
}
