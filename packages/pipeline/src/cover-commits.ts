import { judgeLanding, mergeFacts } from '@sallyport/gates';
import type { MergeFacts } from '@sallyport/gates';
import { gatherLanding } from './gather-landing.ts';
import type { LedgerState, RecordedDecision } from './ledger-state.ts';
import type { Changes } from './ports.ts';
import { judgedMerge } from './recorded-merge.ts';

export type Coverage = {
  /** The changes that brought the commits, as recorded when each was allowed to merge. */
  readonly merges: readonly MergeFacts[];
  /** Commits that no recorded merge decision covers. */
  readonly uncovered: readonly string[];
  /** Why the list of commits is not whole; null when it is. */
  readonly missing: string | null;
};

/** For each commit after `from` (null: only `to` itself) up to `to`: which allowed change brought it? */
export async function coverCommits(changes: Changes, state: LedgerState, range: { readonly from: string | null; readonly to: string; readonly branch: string }): Promise<Coverage> {
  const commits = await changes.listCommits(range.from, range.to);
  const standing = standingMerges(state.decisions);
  const merges = new Map<number, MergeFacts>();
  const uncovered: string[] = [];
  for (const commit of commits.items) {
    const merge = standing.find((facts) => bringsCommit(facts, commit)) ?? (await mergeOfLanding(changes, state, commit, range.branch));
    if (merge === null) uncovered.push(commit);
    else merges.set(merge.pullRequest.number, merge);
  }
  return { merges: [...merges.values()], uncovered, missing: commits.complete ? null : commits.missing };
}

/** What the last decision about each head or group still allows, newest first: a yes that was taken back covers nothing. */
function standingMerges(decisions: readonly RecordedDecision[]): readonly MergeFacts[] {
  const last = new Map<string, RecordedDecision>();
  for (const made of decisions) {
    const about = judgedMerge(made);
    if (about !== null) last.set(JSON.stringify([about.number, about.base, about.headSha, about.groupSha]), made);
  }
  const standing = [...last.values()].filter(({ outcome }) => outcome === 'allow').sort((a, b) => b.index - a.index);
  return standing.flatMap(factsOf);
}

function factsOf({ facts }: Pick<RecordedDecision, 'facts'>): readonly MergeFacts[] {
  const parsed = mergeFacts.safeParse(facts);
  return parsed.success ? [parsed.data] : [];
}

const bringsCommit = (facts: MergeFacts, commit: string): boolean => facts.pullRequest.head.sha === commit || facts.commits.items.some(({ sha }) => sha === commit);

/** The change whose merge made this very commit, if the gate allowed it then and what landed is what it judged; else null. */
async function mergeOfLanding(changes: Changes, state: LedgerState, commit: string, branch: string): Promise<MergeFacts | null> {
  const landing = await gatherLanding(changes, state, commit, branch);
  if (!('known' in landing) || judgeLanding([branch], landing).length > 0) return null;
  const index = landing.known.change?.decision?.ledgerIndex;
  return state.decisions.filter((made) => made.index === index).flatMap(factsOf)[0] ?? null;
}
