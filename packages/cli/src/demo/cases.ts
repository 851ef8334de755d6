import { clockReading } from '@sallyport/gates';
import type { Decision, Sealed } from '@sallyport/gates';
import type { CurrentPolicy } from '@sallyport/pipeline';
import { decisionDocument } from '@sallyport/pipeline';
import * as z from 'zod';

/** A decision with all that is needed to make it again offline: `sallyport gate <gate> --facts` takes it as it is. */
export type Case = {
  readonly case: 1;
  readonly policy: string;
  readonly facts: unknown;
  readonly now: z.input<typeof clockReading>;
  readonly decision: Record<string, unknown>;
};

export type Cases = { keep(made: { readonly decision: Decision; readonly facts: Sealed<unknown>; readonly policy: CurrentPolicy }): void; all(): readonly Case[] };

export function createCases(): Cases {
  const cases: Case[] = [];
  return {
    keep: ({ decision, facts, policy }) => void cases.push({ case: 1, policy: policy.text, facts: facts.document, now: z.encode(clockReading, decision.inputs.now), decision: decisionDocument(decision) }),
    all: () => cases,
  };
}
