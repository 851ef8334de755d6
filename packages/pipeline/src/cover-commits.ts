import type { MergeFacts } from '@sallyport/gates';
import { allowedMerges } from './ledger-state.ts';
import type { LedgerState } from './ledger-state.ts';
import type { Changes } from './ports.ts';

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
  const allowed = allowedMerges(state);
  const merges = new Map<number, MergeFacts>();
  const uncovered: string[] = [];
  for (const commit of commits.items) {
    const merge = allowed.find((facts) => bringsCommit(facts, commit)) ?? (await mergeOfLanding(changes, allowed, commit, range.branch));
    if (merge === undefined) uncovered.push(commit);
    else merges.set(merge.pullRequest.number, merge);
  }
  return { merges: [...merges.values()], uncovered, missing: commits.complete ? null : commits.missing };
}

const bringsCommit = (facts: MergeFacts, commit: string): boolean => facts.pullRequest.head.sha === commit || facts.commits.items.some(({ sha }) => sha === commit);

async function mergeOfLanding(changes: Changes, allowed: readonly MergeFacts[], commit: string, branch: string): Promise<MergeFacts | undefined> {
  const landing = await changes.findLanding(commit, branch);
  const change = 'known' in landing ? landing.known.change : null;
  return change === null ? undefined : allowed.find(({ pullRequest }) => pullRequest.number === change.number && pullRequest.head.sha === change.headSha);
}
