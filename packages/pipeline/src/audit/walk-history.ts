import type { HistoryCommit } from '../ports.ts';

/** A commit that the branch pointed at, and what came with it by its other parents. */
export type Landed = { readonly commit: HistoryCommit; readonly brings: readonly HistoryCommit[] };

/** The branch's own commits by first parents, newest first, each with what it brought. `commits` need no order. */
export function walkHistory(tip: string, commits: readonly HistoryCommit[]): readonly Landed[] {
  const byId = new Map(commits.map((commit) => [commit.sha, commit]));
  const chain: HistoryCommit[] = [];
  for (let at = byId.get(tip); at !== undefined; at = byId.get(at.parents[0] ?? '')) chain.push(at);
  const taken = new Set(chain.map(({ sha }) => sha));
  // Oldest first, because what an older landing brought, a newer one only holds.
  const landed = chain.reverse().map((commit) => ({ commit, brings: takeReachable(commit.parents.slice(1), byId, taken) }));
  return landed.reverse();
}

function takeReachable(from: readonly string[], byId: ReadonlyMap<string, HistoryCommit>, taken: Set<string>): readonly HistoryCommit[] {
  const found: HistoryCommit[] = [];
  const open = [...from];
  for (let sha = open.pop(); sha !== undefined; sha = open.pop()) {
    const commit = byId.get(sha);
    if (commit === undefined || taken.has(sha)) continue;
    taken.add(sha);
    found.push(commit);
    open.push(...commit.parents);
  }
  return found;
}
