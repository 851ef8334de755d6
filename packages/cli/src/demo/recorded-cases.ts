import type { Case } from './cases.ts';
import { decodeDecision } from './decode-decision.ts';
import type { Record } from './questions.ts';

/** The decisions in the ledger, each with the policy of its time. */
export function recordedCases({ state }: Record): readonly Case[] {
  return state.decisions.flatMap(({ decision, facts }) => {
    const { policy, now } = (decision as { inputs: { policy: string; now: Case['now'] } }).inputs;
    const adopted = state.policies.get(policy);
    decodeDecision(decision);
    return adopted === undefined ? [] : [{ case: 1 as const, policy: adopted.text, facts, now, decision }];
  });
}
