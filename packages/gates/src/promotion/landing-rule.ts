import type { Question } from '../create-gate.ts';
import type { Fact } from '../facts/fact.ts';
import type { LandingFact } from '../facts/shared.ts';
import { missingFact, ruling } from '../ruling.ts';
import type { Finding, Ruling } from '../ruling.ts';
import { administrator, listed, shortSha } from '../wording.ts';
import { valueOf } from './promotion-facts.ts';
import type { PromotionFacts } from './promotion-facts.ts';

type Change = NonNullable<LandingFact['change']>;

/** Did the build's commit pass the merge gate before it landed, and is what landed what was judged? */
export function landingRule({ policy, facts }: Question<PromotionFacts>): Ruling {
  const landing = valueOf(facts.landing);
  const change = landing?.change ?? null;
  const summary = `${shortSha(landing?.commit ?? '')} landed by #${change?.number ?? 0}, which the merge gate allowed.`;
  const evidence = [
    ...(landing === null ? [] : [`commit ${landing.commit}`, `landed tree ${landing.landedTree}`]),
    ...(change === null ? [] : [`#${change.number} head ${change.headSha}`]),
    ...(change?.decision == null ? [] : [`judged tree ${change.decision.judgedTree}`, `merge decision: ledger entry ${change.decision.ledgerIndex}`]),
  ];
  return ruling('landing', [...judgeLanding(policy.merge.into, facts.landing), ...ungatedFindings(facts)], { summary, evidence });
}

/** What is wrong with the way a commit came to one of the branches `into`: nothing, when exactly what landed was judged before and allowed (L1, T17, T18). */
export function judgeLanding(into: readonly string[], landing: Fact<LandingFact>): readonly Finding[] {
  if ('unknown' in landing) return [missingFact('How the commit landed', landing.unknown)];
  const { commit, branch, onBranch, landedTree, change } = landing.known;
  const gated = into.includes(branch) && onBranch;
  const offBranch = denied('commit-not-on-branch', `${shortSha(commit)} is not on ${listed(into)}; only what landed there can be promoted.`);
  if (change === null) {
    const direct = denied('no-pull-request', `${shortSha(commit)} landed without a pull request, so no merge decision covers it.`);
    return [...(gated ? [] : [offBranch]), direct];
  }
  return [...(gated ? [] : [offBranch]), ...decisionFindings(commit, change, landedTree)];
}

/** What came to the branch by no allowed change travels along with the next build; it stops here (L1). */
function ungatedFindings({ ungated, environment }: PromotionFacts): readonly Finding[] {
  const incomplete = ungated.complete ? [] : [missingFact(`Which commits ${environment} does not run yet`, ungated.missing)];
  if (ungated.items.length === 0) return incomplete;
  const commits = [...ungated.items].sort().map(shortSha);
  const summary = `No merge decision covers ${listed(commits)}, which this build would bring to ${environment}.`;
  const next = [{ who: administrator, what: 'take these commits off the branch and have them come back by pull requests that the merge gate allows; a revert on top does not remove them' }];
  return [...incomplete, { outcome: 'deny', reason: 'ungated-commit', summary, next }];
}

function decisionFindings(commit: string, { number, headSha, mergedAt, decision }: Change, landedTree: string): readonly Finding[] {
  if (decision === null) return [denied('no-merge-decision', `No merge decision is recorded for #${number} at ${shortSha(headSha)}, which brought ${shortSha(commit)}.`)];
  return [
    ...(decision.outcome === 'allow' ? [] : [denied('merge-not-allowed', `The merge decision for #${number} was ${decision.outcome}, yet it was merged.`)]),
    ...(decision.headSha === headSha ? [] : [denied('merge-decision-other-head', `The merge decision for #${number} was about ${shortSha(decision.headSha)}, but ${shortSha(headSha)} was merged.`)]),
    ...(decision.decidedAt <= mergedAt ? [] : [denied('merge-decision-too-late', `The merge decision for #${number} was made only after it had been merged.`)]),
    ...(decision.judgedTree === landedTree ? [] : [otherTree(commit, number)]),
  ];
}

/** A squash or a merge of an up-to-date branch gives the judged tree again, and so does a merge queue's group. */
const otherTree = (commit: string, number: number): Finding =>
  denied('landed-tree-differs', `What landed as ${shortSha(commit)} is not what #${number} was judged on: the branch had moved, or something else was mixed in.`, 'a pull request that is up to date with the branch');

const denied = (reason: Finding['reason'], summary: string, by = 'a pull request that the merge gate allows'): Finding => ({
  outcome: 'deny',
  reason,
  summary,
  next: [{ who: 'a developer', what: `bring the change, or the next one, by ${by}; then promote that build` }],
});
