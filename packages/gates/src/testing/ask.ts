import type { Policy } from '@sallyport/policy';
import type { ClockReading, Decision, RuleResult } from '../decision.ts';
import { decide } from '../decide.ts';
import type { AnyFacts } from '../decide.ts';
import { mergeFacts } from '../facts/merge-facts.ts';
import { overrideFacts } from '../facts/override-facts.ts';
import { releaseFacts } from '../facts/release-facts.ts';
import { stageFacts } from '../facts/stage-facts.ts';
import { seal, sealPlain } from '../seal.ts';
import type { Sealed } from '../seal.ts';
import { instantOf } from './people.ts';
import { policyOf } from './policy.ts';

export const mondayAt = instantOf('2026-11-23T12:00:00Z');

/** Both clocks at the same instant. */
export const clockAt = (at: number): ClockReading => ({ serverAt: at, localAt: at });

export function sealFacts(facts: AnyFacts): Sealed<AnyFacts> {
  switch (facts.gate) {
    case 'merge':
      return seal(mergeFacts, facts);
    case 'stage':
      return seal(stageFacts, facts);
    case 'release':
      return seal(releaseFacts, facts);
    case 'override':
      return seal(overrideFacts, facts);
    default:
      return facts satisfies never;
  }
}

export type Asked = { readonly policy?: Policy; readonly at?: number; readonly now?: ClockReading };

/** Seals policy and facts and asks the gate they are for. */
export function ask(facts: AnyFacts, { policy = policyOf(), at = mondayAt, now = clockAt(at) }: Asked = {}): Decision {
  return decide(sealPlain(policy), sealFacts(facts), now);
}

/** What one rule said. Throws when the decision has no such rule. */
export function ruleOf(decision: Decision, rule: string): RuleResult {
  const found = decision.rules.find((result) => result.rule === rule);
  if (found === undefined) throw new Error(`the ${decision.gate} decision has no rule ${rule}`);
  return found;
}
