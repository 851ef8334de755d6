import { decideMerge, mergeFacts, seal, trustedTime } from '@sallyport/gates';
import type { Decision, MergeFacts, Sealed } from '@sallyport/gates';
import { adoptPolicy } from './adopt-policy.ts';
import type { LedgerWriter } from './ledger-access.ts';
import { readState } from './ledger-state.ts';
import { judgedCommit } from './merge-target.ts';
import { OutsideError } from './outside-error.ts';
import type { CheckReport, MergeTarget, Outside, OutsideReader, RepositoryFact } from './ports.ts';
import { explainMissing, policyErrors, readPolicy } from './read-policy.ts';
import type { CurrentPolicy, PolicyMissing, PolicyReading } from './read-policy.ts';
import { judges } from './recorded-merge.ts';
import { requireIntact } from './require-intact.ts';
import { decisionEntry } from './sweep/draft.ts';

type Decided = { readonly state: 'decided'; readonly decision: Decision; readonly facts: Sealed<MergeFacts>; readonly policy: CurrentPolicy };

export type MergeJudgement = Decided | { readonly state: 'no-pull-request'; readonly number: number } | PolicyMissing;

/** Gathers and decides whether a pull request, or a merge queue's group of it, may merge. Changes nothing. */
export function judgeMerge(outside: Pick<OutsideReader, 'clock' | 'policy' | 'changes'>, target: MergeTarget): Promise<MergeJudgement> {
  return judgeBy(outside, readPolicy(outside.policy), target);
}

async function judgeBy(outside: Pick<OutsideReader, 'clock' | 'changes'>, reading: Promise<PolicyReading>, target: MergeTarget): Promise<MergeJudgement> {
  const policy = reading.then((read) => (read.state === 'valid' ? read.current.sealed.value : null));
  // Its failure is met where `reading` is awaited; here it would end the process when gathering fails first.
  policy.catch(() => undefined);
  const [read, gathered] = await Promise.all([reading, outside.changes.gatherMergeFacts(target, policy)]);
  if (read.state !== 'valid') return read;
  if (gathered === null) return { state: 'no-pull-request', number: target.pullRequest };
  const facts = seal(mergeFacts, gathered);
  // The clock last: what was gathered is no younger than it.
  return { state: 'decided', decision: decideMerge(read.current.sealed, facts, await outside.clock.read()), facts, policy: read.current };
}

/** How often recording is tried when others append at the same time. */
const recordAttempts = 8;

export type MergeGateOptions = {
  readonly openLedger: (policy: CurrentPolicy, repository: RepositoryFact) => LedgerWriter;
  readonly render: (decision: Decision) => Pick<CheckReport, 'title' | 'summary' | 'annotations'>;
};

/** `overtaken`: others kept judging it at the same time and posted what they saw, which is newer. */
export type MergeGateResult = MergeJudgement | { readonly state: 'overtaken'; readonly number: number };

/**
 * Judges a pull request or a group of the merge queue, records what is worth recording, and only then posts the check on what
 * was judged. A decision that allows is in the ledger before anyone can merge by it (L1, L7). Throws OutsideError when the
 * ledger cannot be written: no check is better than one without a record.
 */
export async function runMergeGate(outside: Outside, reading: Promise<PolicyReading>, target: MergeTarget, options: MergeGateOptions): Promise<MergeGateResult> {
  for (let attempt = 0; attempt < judgeAttempts; attempt += 1) {
    const judgement = await judgeBy(outside, reading, target);
    if (judgement.state !== 'decided') return judgement;
    const { decision, facts, policy } = judgement;
    const { state, base } = facts.value.pullRequest;
    // What has landed is past every gate; a refusal recorded now would only blur what was decided before.
    if (state === 'merged') return judgement;
    const before = await recordMerge(outside, options.openLedger(policy, facts.value.repository), judgement);
    // Somebody asked later and was quicker: what was seen here is out of date, and must not stand over what they posted.
    if (before === 'overtaken') continue;
    // A branch that nobody guards needs no check, unless a yes from before the pull request was pointed there is to be taken back.
    if (before === 'first' && !policy.sealed.value.merge.into.includes(base.ref)) return judgement;
    await outside.mergeCheck.publish({ headSha: judgedCommit(facts.value), decision, ...options.render(decision) });
    return judgement;
  }
  return { state: 'overtaken', number: target.pullRequest };
}

/** How often a judgement that a later one overtook is made again. */
const judgeAttempts = 4;

/**
 * Records a decision that allows, and one that takes an earlier yes back. Waiting is not recorded: nothing follows from it. Says
 * whether one was recorded of the same head or group before, or whether one of them was made later than this.
 */
async function recordMerge(outside: Pick<Outside, 'policy'>, ledger: LedgerWriter, { decision, facts, policy }: Decided): Promise<'first' | 'again' | 'overtaken'> {
  const { pullRequest, group } = facts.value;
  const about = { number: pullRequest.number, headSha: pullRequest.head.sha, groupSha: group?.headSha ?? null };
  const at = trustedTime(decision.inputs.now);
  for (let attempt = 0; attempt < recordAttempts; attempt += 1) {
    const state = readState(requireIntact(await ledger.read(), 'nothing can be recorded'));
    const made = state.decisions.filter((one) => judges(one, { ...about, base: null }));
    const before = made.length === 0 ? 'first' : 'again';
    if (at !== null && made.some((one) => one.at > at)) return 'overtaken';
    const last = made.findLast((one) => judges(one, { ...about, base: pullRequest.base.ref }));
    // A yes for one branch is none for another, and a no for another takes it back.
    const isNews = last === undefined ? decision.outcome === 'allow' || made.at(-1)?.outcome === 'allow' : last.outcome !== decision.outcome;
    if (!isNews) return before;
    // Without a trusted time the decision allows nothing, and nothing is recorded under a time that may be wrong.
    if (at === null) return before;
    const adopted = await adoptPolicy(outside.policy, state, policy);
    const entries = [...adopted, decisionEntry(decision, facts, state.size + adopted.length)];
    const { state: appended } = await ledger.append(entries, { at, ifSize: state.size });
    if (appended !== 'moved') return before;
  }
  throw new OutsideError('refused', `Others kept appending to the ledger, so the decision on ${decision.subject} is not recorded and no check is posted. Run this again.`, { retryable: true });
}

/** Takes a yes back that may no longer hold, because what it rests on could not be looked at again: unknown is not yes (L5). */
export async function failUnjudged(outside: Pick<Outside, 'mergeCheck'>, headSha: string, why: string): Promise<void> {
  const summary = `Whether this may merge is not known, because it could not be looked at: ${why}\n\nIt is looked at again at the next event and at the next tick of the schedule; whoever runs Sallyport can run the workflow of the merge gate at once.`;
  await outside.mergeCheck.publish({ headSha, decision: null, title: 'Could not be judged; it is tried again', summary });
}

/** Posts a failed check on a commit, because without a valid policy nothing may merge. */
export async function failWithoutPolicy(outside: Pick<Outside, 'mergeCheck'>, headSha: string, missing: PolicyMissing): Promise<void> {
  const title = missing.state === 'policy-missing' ? `No policy: ${missing.path} is missing on the default branch` : `The policy ${missing.path} is not valid`;
  const summary = [explainMissing(missing, 'nothing may merge'), '', ...policyErrors(missing).map((problem) => `- ${problem}`)].join('\n');
  await outside.mergeCheck.publish({ headSha, decision: null, title, summary });
}
