import { mergeFacts, releaseFacts, stageFacts } from '@sallyport/gates';
import type { LandingFact, MergeFacts, ReleaseFacts, StageFacts } from '@sallyport/gates';
import type { VerifiedLedger } from '@sallyport/ledger';
import { parsePolicy } from '@sallyport/policy';
import type { Policy } from '@sallyport/policy';
import * as z from 'zod';
import { readState } from '../ledger-state.ts';
import type { LedgerState, RecordedDecision } from '../ledger-state.ts';

/** How a commit came to a branch by a pull request. */
export type Landed = LandingFact & { readonly change: NonNullable<LandingFact['change']> };

/** A verified ledger, made ready for questions. Facts and policies are parsed when they are first asked for; null: not there, or not readable by this version. */
export type EvidenceRecord = {
  readonly ledger: VerifiedLedger;
  readonly state: LedgerState;
  readonly decisionAt: (index: number) => RecordedDecision | null;
  /** Of a decision of the stage or release gate. */
  readonly promotionFacts: (made: RecordedDecision) => ReleaseFacts | StageFacts | null;
  readonly mergeFacts: (made: RecordedDecision) => MergeFacts | null;
  /** The policy that a decision was made by. */
  readonly policyOf: (made: RecordedDecision) => Policy | null;
  /** Every landing by a pull request that any promotion decision looked at, the latest word on each commit. */
  readonly landings: () => readonly Landed[];
};

const inputs = z.object({ inputs: z.object({ policy: z.string() }) });

/** Digest of the policy that a decision names; null when it names none. */
export function policyDigest({ decision }: Pick<RecordedDecision, 'decision'>): string | null {
  const read = inputs.safeParse(decision);
  return read.success ? read.data.inputs.policy : null;
}

const rules = z.object({ rules: z.array(z.object({ rule: z.string(), outcome: z.string(), reason: z.string(), summary: z.string(), judged: z.array(z.object({ what: z.string(), counted: z.boolean(), summary: z.string(), url: z.string().optional() })).default([]) })) });
export type RecordedRule = z.infer<typeof rules>['rules'][number];

/** The rules of a recorded decision; none when it has not the shape of one. */
export function rulesOf({ decision }: Pick<RecordedDecision, 'decision'>): readonly RecordedRule[] {
  const read = rules.safeParse(decision);
  return read.success ? read.data.rules : [];
}

export function readEvidenceRecord(ledger: VerifiedLedger): EvidenceRecord {
  const state = readState(ledger);
  const decisions = new Map(state.decisions.map((made) => [made.index, made]));
  const policies = new Map<string, Policy | null>();
  const promotions = once((made) => (made.gate === 'release' ? parsed(releaseFacts, made) : made.gate === 'stage' ? parsed(stageFacts, made) : null));
  const merges = once((made) => (made.gate === 'merge' ? parsed(mergeFacts, made) : null));
  let landings: readonly Landed[] | null = null;
  return {
    ledger,
    state,
    decisionAt: (index) => decisions.get(index) ?? null,
    promotionFacts: promotions,
    mergeFacts: merges,
    policyOf: (made) => policyBy(policyDigest(made), state, policies),
    landings: () => (landings ??= landingsIn(state.decisions, promotions)),
  };
}

function policyBy(digest: string | null, state: LedgerState, read: Map<string, Policy | null>): Policy | null {
  if (digest === null) return null;
  const known = read.get(digest);
  if (known !== undefined) return known;
  const text = state.policies.get(digest)?.text;
  const result = text === undefined ? null : parsePolicy(text);
  const policy = result?.ok === true ? result.policy : null;
  read.set(digest, policy);
  return policy;
}

function parsed<T extends z.ZodType>(schema: T, { facts }: RecordedDecision): z.output<T> | null {
  const read = schema.safeParse(facts);
  return read.success ? read.data : null;
}

function once<T>(read: (made: RecordedDecision) => T): (made: RecordedDecision) => T {
  const known = new Map<number, T>();
  return (made) => {
    const before = known.get(made.index);
    if (before !== undefined) return before;
    const value = read(made);
    known.set(made.index, value);
    return value;
  };
}

function landingsIn(decisions: readonly RecordedDecision[], factsOf: EvidenceRecord['promotionFacts']): readonly Landed[] {
  const found = new Map<string, Landed>();
  for (const made of decisions) {
    const landing = factsOf(made)?.landing;
    if (landing === undefined || !('known' in landing) || !landing.known.onBranch) continue;
    const { change } = landing.known;
    if (change !== null) found.set(landing.known.commit, { ...landing.known, change });
  }
  return [...found.values()];
}
