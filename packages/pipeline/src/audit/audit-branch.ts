import type { Fact, LandingFact } from '@sallyport/gates';
import { withDecision } from '../gather-landing.ts';
import type { LedgerState } from '../ledger-state.ts';
import type { History, HistoryCommit } from '../ports.ts';
import { allowedCommits, judgeHistory } from './judge-history.ts';
import type { AuditFinding } from './judge-history.ts';
import { walkHistory } from './walk-history.ts';

export type AuditQuestion = {
  readonly branch: string;
  /** Branches the merge gate admits to; `branch` is one of them. */
  readonly into: readonly string[];
  /** A branch, tag or commit, or an instant: then the tip the branch had. Both are left out themselves. */
  readonly since: { readonly ref: string } | { readonly at: number };
  readonly state: Pick<LedgerState, 'decisions'>;
  /** Told as commits are looked up, one by one. */
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
};

export type Audit = {
  readonly branch: string;
  /** Where it begins; null when that could not be learnt. */
  readonly from: string | null;
  readonly tip: string | null;
  readonly commits: number;
  readonly landings: number;
  /** Newest landing first. */
  readonly findings: readonly AuditFinding[];
  /** What could not be learnt, in sentences without an end: then nothing found does not mean nothing there. */
  readonly missing: readonly string[];
};

/** Lists what came to a gated branch without a passing merge decision, and what landed other than it was judged (L1, T17, T18). Changes nothing. */
export async function auditBranch(history: History, question: AuditQuestion): Promise<Audit> {
  const { branch, since, state, into } = question;
  const from: Fact<string> = 'ref' in since ? { known: since.ref } : await history.findTipAt(branch, since.at);
  if ('unknown' in from) return { branch, from: null, tip: null, commits: 0, landings: 0, findings: [], missing: [from.unknown] };
  const { tip, commits } = await history.listHistory(from.known, branch);
  const landed = walkHistory(tip, commits.items);
  const allowed = allowedCommits(state);
  const asked = landed.flatMap(({ commit, brings }) => [commit, ...brings.filter(({ sha }) => !allowed.has(sha))]);
  const landings = await gatherLandings(history, asked, question);
  const findings = judgeHistory({ into, landed, landings, state });
  return { branch, from: from.known, tip, commits: commits.items.length, landings: landed.length, findings, missing: commits.complete ? [] : [commits.missing] };
}

/** The adapter bounds how much is asked at once. */
async function gatherLandings(history: History, commits: readonly HistoryCommit[], { branch, state, onProgress }: AuditQuestion): Promise<ReadonlyMap<string, Fact<LandingFact>>> {
  let done = 0;
  const gathered = await Promise.all(
    commits.map(async ({ sha, tree }): Promise<readonly [string, Fact<LandingFact>]> => {
      const change = await history.findChange(sha, branch);
      done += 1;
      onProgress?.({ done, total: commits.length });
      if ('unknown' in change) return [sha, change];
      return [sha, { known: withDecision({ commit: sha, branch, onBranch: true, landedTree: tree, change: change.known }, state) }];
    }),
  );
  return new Map(gathered);
}
