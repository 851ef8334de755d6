import type { Policy } from '@sallyport/policy';
import type { ClockReading, Decision } from './decision.ts';
import type { MergeFacts } from './facts/merge-facts.ts';
import type { OverrideFacts } from './facts/override-facts.ts';
import type { ReleaseFacts } from './facts/release-facts.ts';
import type { StageFacts } from './facts/stage-facts.ts';
import { decideMerge } from './merge/decide-merge.ts';
import { decideOverride } from './override/decide-override.ts';
import { decideStage } from './promotion/decide-stage.ts';
import { decideRelease } from './release/decide-release.ts';
import type { Sealed } from './seal.ts';

export type AnyFacts = MergeFacts | StageFacts | ReleaseFacts | OverrideFacts;

/** Asks the gate that the facts are for: how a decision is made again from its recorded inputs. */
export function decide(policy: Sealed<Policy>, facts: Sealed<AnyFacts>, now: ClockReading): Decision {
  const { value } = facts;
  switch (value.gate) {
    case 'merge':
      return decideMerge(policy, { ...facts, value }, now);
    case 'stage':
      return decideStage(policy, { ...facts, value }, now);
    case 'release':
      return decideRelease(policy, { ...facts, value }, now);
    case 'override':
      return decideOverride(policy, { ...facts, value }, now);
    default:
      return value satisfies never;
  }
}
