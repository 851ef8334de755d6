import { decideMerge, mergeFacts, seal, trustedTime } from '@sallyport/gates';
import type { Decision, MergeFacts, Sealed } from '@sallyport/gates';
import type { LedgerWriter } from './ledger-access.ts';
import { judges } from './gather-landing.ts';
import { readState } from './ledger-state.ts';
import { OutsideError } from './outside-error.ts';
import type { Outside, OutsideReader, RepositoryFact } from './ports.ts';
import { readPolicy } from './read-policy.ts';
import type { CurrentPolicy, PolicyMissing } from './read-policy.ts';
import { decisionEntry } from './sweep/draft.ts';
import { describeFault } from './sweep/sweep.ts';

export type MergeJudgement =
  | { readonly state: 'decided'; readonly decision: Decision; readonly facts: Sealed<MergeFacts>; readonly policy: CurrentPolicy }
  | { readonly state: 'no-pull-request'; readonly number: number }
  | PolicyMissing;

/** Gathers and decides whether a pull request may merge. Changes nothing. */
export async function judgeMerge(outside: Pick<OutsideReader, 'clock' | 'policy' | 'changes'>, number: number): Promise<MergeJudgement> {
  const reading = await readPolicy(outside.policy);
  return reading.state === 'valid' ? judgeBy(outside, reading.current, number) : reading;
}

async function judgeBy(outside: Pick<OutsideReader, 'clock' | 'changes'>, policy: CurrentPolicy, number: number): Promise<Exclude<MergeJudgement, PolicyMissing>> {
  const gathered = await outside.changes.gatherMergeFacts(number, policy.sealed.value);
  if (gathered === null) return { state: 'no-pull-request', number };
  const facts = seal(mergeFacts, gathered);
  // The clock last: what was gathered is no younger than it.
  return { state: 'decided', decision: decideMerge(policy.sealed, facts, await outside.clock.read()), facts, policy };
}

/** How often recording is tried when others append at the same time. */
const recordAttempts = 8;

export type MergeGateOptions = {
  readonly openLedger: (policy: CurrentPolicy, repository: RepositoryFact) => LedgerWriter;
  readonly render: (decision: Decision) => { readonly title: string; readonly summary: string };
};

/**
 * Judges a pull request, records what is worth recording, and only then posts the check. A decision that allows is in
 * the ledger before anyone can merge by it (L1, L7). Throws OutsideError when the ledger cannot be written: no check is better than one without a record.
 */
export async function runMergeGate(outside: Outside, policy: CurrentPolicy, number: number, options: MergeGateOptions): Promise<Exclude<MergeJudgement, PolicyMissing>> {
  const judgement = await judgeBy(outside, policy, number);
  if (judgement.state !== 'decided') return judgement;
  const { decision, facts } = judgement;
  await recordMerge(options.openLedger(policy, facts.value.repository), judgement);
  await outside.mergeCheck.publish({ headSha: facts.value.pullRequest.head.sha, decision, ...options.render(decision) });
  return judgement;
}

/** Records a decision that allows, and one that takes an earlier yes back. Waiting is not recorded: nothing follows from it. */
async function recordMerge(ledger: LedgerWriter, { decision, facts, policy }: Extract<MergeJudgement, { state: 'decided' }>): Promise<void> {
  for (let attempt = 0; attempt < recordAttempts; attempt += 1) {
    const check = await ledger.read();
    if (check.state === 'broken') throw new OutsideError('refused', `The ledger is not intact, so nothing can be recorded: ${check.faults.map(describeFault).join('; ')}`, { retryable: false });
    const state = readState(check);
    const { number, head } = facts.value.pullRequest;
    const last = state.decisions.findLast((made) => judges(made, number, head.sha));
    if (last === undefined ? decision.outcome !== 'allow' : last.outcome === decision.outcome) return;
    const { digest } = policy.sealed;
    const adopted = state.policies.has(digest) ? [] : [{ key: `policy:${digest}`, body: { type: 'policy-adopted', digest, commit: policy.commit, text: policy.text } } as const];
    const entries = [...adopted, decisionEntry(decision, facts, state.size + adopted.length)];
    const at = trustedTime(decision.inputs.now);
    // Without a trusted time the decision allows nothing, and nothing is recorded under a time that may be wrong.
    if (at === null) return;
    const { state: appended } = await ledger.append(entries, { at, ifSize: state.size });
    if (appended !== 'moved') return;
  }
  throw new OutsideError('refused', `Others kept appending to the ledger, so the decision on ${decision.subject} is not recorded and no check is posted. Run this again.`, { retryable: true });
}

/** Posts a failed check on a head, because without a valid policy nothing may merge. */
export async function failWithoutPolicy(outside: Outside, headSha: string, missing: PolicyMissing): Promise<void> {
  const list = missing.problems.filter(({ severity }) => severity === 'error').map(({ line, column, message }) => `- line ${line}, column ${column}: ${message}`);
  const title = missing.state === 'policy-missing' ? `No policy: ${missing.path} is missing on the default branch` : `The policy ${missing.path} is not valid`;
  await outside.mergeCheck.publish({ headSha, decision: null, title, summary: [title, '', ...list].join('\n') });
}

/** Posts a failed check on a head that several open pull requests share: checks belong to commits, so one yes would admit all. */
export async function refuseSharedHead(outside: Pick<Outside, 'mergeCheck'>, sharing: readonly { readonly number: number; readonly headSha: string }[]): Promise<void> {
  const [first] = sharing;
  if (first === undefined) return;
  const title = `${sharing.map(({ number }) => `#${number}`).join(' and ')} have the same head`;
  await outside.mergeCheck.publish({ headSha: first.headSha, decision: null, title, summary: `${title}. GitHub shows one check to all of them, so none is admitted. Close all but one, or add a commit to it.` });
}
