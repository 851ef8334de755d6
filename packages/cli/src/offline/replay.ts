import { clockReading } from '@sallyport/gates';
import type { Sealed } from '@sallyport/gates';
import { decisionDocument } from '@sallyport/pipeline';
import type { LedgerState, RecordedDecision } from '@sallyport/pipeline';
import type { Policy } from '@sallyport/policy';
import * as z from 'zod';
import type { EntryRange } from '../parse-range.ts';
import { defaultPolicyFile, parsePolicyText } from '../policy-file.ts';
import { firstDifference } from './difference.ts';
import type { Difference } from './difference.ts';
import { decideOn } from './facts-document.ts';
import { notOfShape } from './not-of-shape.ts';

/** A decision that did not come out as recorded. `index` is that of its entry. */
export type ReplayFinding = Pick<RecordedDecision, 'index' | 'gate' | 'subject'> &
  (
    | { /** `path` starts at the entry's body. */ readonly state: 'differs'; readonly difference: Difference; /** What the recorded one was made by. */ readonly tzdata: string | null }
    | { readonly state: 'cannot-be-made-again'; readonly reason: string }
  );

export type Replay = { readonly decisions: number; readonly findings: readonly ReplayFinding[] };

export type ReplayOptions = EntryRange & { readonly onProgress: (progress: { readonly done: number; readonly total: number }) => void };

type PolicyOf = (digest: string) => Sealed<Policy> | null;

/**
 * Makes every recorded decision of the range again, from nothing but its recorded inputs, and compares to the byte (L8).
 * Policies may be recorded anywhere in the ledger. Never throws: what cannot be made again is a finding.
 */
export function replayDecisions(state: Pick<LedgerState, 'policies' | 'decisions'>, { from, end, onProgress }: ReplayOptions): Replay {
  const policyOf = readPoliciesOnce(state.policies);
  const made = state.decisions.filter(({ index }) => index >= from && index < end);
  const findings = made.flatMap((recorded, done) => {
    onProgress({ done, total: made.length });
    const finding = replayDecision(recorded, policyOf);
    return finding === null ? [] : [finding];
  });
  return { decisions: made.length, findings };
}

const recordedInputs = z.object({ inputs: z.object({ policy: z.string(), now: clockReading }) });

/** null: the same to the byte. */
function replayDecision({ index, gate, subject, outcome, decision, facts }: RecordedDecision, policyOf: PolicyOf): ReplayFinding | null {
  const cannot = (reason: string): ReplayFinding => ({ index, gate, subject, state: 'cannot-be-made-again', reason });
  const recorded = recordedInputs.safeParse(decision);
  if (!recorded.success) return cannot(notOfShape(recorded.error, `Entry ${index}`, 'a decision with its inputs').message);
  const { policy: digest, now } = recorded.data.inputs;
  try {
    const policy = policyOf(digest);
    if (policy === null) return cannot(`The policy ${digest}, by which it was made, is not recorded: no policy-adopted entry has that digest.`);
    const made = decideOn(gate, policy, facts, now, `Entry ${index}`);
    const difference = firstDifference({ gate, subject, outcome, decision }, { gate: made.gate, subject: made.subject, outcome: made.outcome, decision: decisionDocument(made) });
    return difference === null ? null : { index, gate, subject, state: 'differs', difference, tzdata: now.tzdata ?? null };
  } catch (error) {
    return cannot(error instanceof Error ? error.message : 'The gate failed on it.');
  }
}

/** Each policy is read once; one that cannot be read says so each time it is needed. */
function readPoliciesOnce(policies: LedgerState['policies']): PolicyOf {
  const read = new Map<string, Sealed<Policy>>();
  return (digest) => {
    const known = read.get(digest);
    if (known !== undefined) return known;
    const adopted = policies.get(digest);
    if (adopted === undefined) return null;
    const { sealed } = parsePolicyText(adopted.text, `${defaultPolicyFile} at ${adopted.commit.slice(0, 12)}`);
    read.set(digest, sealed);
    return sealed;
  };
}
