import { judgeLanding } from '@sallyport/gates';
import type { Fact, Finding, LandingFact } from '@sallyport/gates';
import type { LedgerState } from '../ledger-state.ts';
import type { HistoryCommit } from '../ports.ts';
import { judgedCommits } from '../recorded-merge.ts';
import type { Landed } from './walk-history.ts';

/** A commit on the branch that no passing decision covers, or of which that is not known. */
export type AuditFinding = Pick<Finding, 'reason' | 'summary'> & {
  readonly outcome: 'deny' | 'unknown';
  readonly commit: string;
  /** The commit by which it came to the branch; itself when it was the tip once. */
  readonly landedAs: string;
  readonly author: string | null;
  /** When it was merged, by GitHub's word; else when it was committed, by the committer's. */
  readonly at: number | null;
  readonly pullRequest: number | null;
  readonly next: NonNullable<Finding['next']>;
};

export type HistoryToJudge = {
  /** Branches the merge gate admits to. */
  readonly into: readonly string[];
  readonly landed: readonly Landed[];
  /** How commits landed: of every landed one, and of those that were brought and that no decision names. */
  readonly landings: ReadonlyMap<string, Fact<LandingFact>>;
  readonly state: Pick<LedgerState, 'decisions'>;
};

/** Judges every landing as the promotion gates would, and everything it brought, newest landing first (T17, T18). */
export function judgeHistory({ into, landed, landings, state }: HistoryToJudge): readonly AuditFinding[] {
  const allowed = allowedCommits(state);
  /** Brought by landings that passed: a branch moved forward onto a judged head lands its older commits too. */
  const covered = new Set<string>();
  return landed.flatMap(({ commit, brings }) => {
    const landing = landings.get(commit.sha) ?? { unknown: 'it was not looked up' };
    const objections = judgeLanding(into, landing);
    if (objections.length === 0) for (const sha of commitsOf(landing, state)) covered.add(sha);
    const own = covered.has(commit.sha) ? [] : objections.map((objection) => found(commit, commit, landing, objection));
    const brought = brings.filter(({ sha }) => !allowed.has(sha)).flatMap((one) => judgeBrought(into, one, commit, landings.get(one.sha)));
    return [...own, ...brought];
  });
}

/** Every commit that some allowing decision was about. */
export const allowedCommits = (state: Pick<LedgerState, 'decisions'>): ReadonlySet<string> => new Set(state.decisions.filter(({ outcome }) => outcome === 'allow').flatMap(judgedCommits));

function commitsOf(landing: Fact<LandingFact>, state: Pick<LedgerState, 'decisions'>): readonly string[] {
  const index = 'known' in landing ? landing.known.change?.decision?.ledgerIndex : undefined;
  const made = state.decisions.find((decision) => decision.index === index);
  return made === undefined ? [] : judgedCommits(made);
}

/** A commit that came by a second parent may have landed properly elsewhere before, for instance on the other side of a merge turned round. */
function judgeBrought(into: readonly string[], commit: HistoryCommit, landedAs: HistoryCommit, landing: Fact<LandingFact> = { unknown: 'it was not looked up' }): readonly AuditFinding[] {
  const objections = judgeLanding(into, landing);
  if (objections.length === 0) return [];
  if ('known' in landing && landing.known.change === null) return [found(commit, landedAs, landing, ungated(commit, landedAs))];
  return objections.map((objection) => found(commit, landedAs, landing, objection));
}

const ungated = (commit: HistoryCommit, landedAs: HistoryCommit): Finding => ({
  outcome: 'deny',
  reason: 'ungated-commit',
  summary: `${short(commit.sha)} came along with ${short(landedAs.sha)}, and no merge decision is about it.`,
  next: [{ who: 'an administrator', what: 'take it off the branch and have it come back by a pull request that the merge gate allows; a revert on top does not remove it' }],
});

function found(commit: HistoryCommit, landedAs: HistoryCommit, landing: Fact<LandingFact>, { outcome, reason, summary, next = [] }: Finding): AuditFinding {
  const change = 'known' in landing ? landing.known.change : null;
  return { commit: commit.sha, landedAs: landedAs.sha, author: commit.author, at: change?.mergedAt ?? commit.committedAt, pullRequest: change?.number ?? null, outcome: outcome === 'unknown' ? 'unknown' : 'deny', reason, summary, next };
}

const short = (sha: string): string => sha.slice(0, 12);
