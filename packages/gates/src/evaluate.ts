import type { Instant } from '@sallyport/calendar';
import type { Policy } from '@sallyport/policy';
import type { ClockReading, Decision, Effort, NextStep } from './decision.ts';
import { clockRule, trustedTime } from './clock-rule.ts';
import type { Ruling } from './ruling.ts';
import { earliest, worstOf } from './ruling.ts';
import type { Sealed } from './seal.ts';

/** What every rule is given. `at` is the trusted time, null when there is none. */
export type Question<Facts> = { readonly policy: Policy; readonly facts: Facts; readonly at: Instant | null };

export type Rule<Facts> = (question: Question<Facts>) => Ruling;

type GateDescription<Facts, Asked extends Question<Facts>> = {
  readonly gate: Decision['gate'];
  readonly subject: (facts: Facts) => string;
  /** Adds what several rules need, worked out once for each decision. */
  readonly prepare: (question: Question<Facts>) => Asked;
  /** In the order in which the decision shows them. */
  readonly rules: readonly ((question: Asked) => Ruling)[];
};

/** Runs every rule, always, and makes the decision: the worst outcome, every step, the cheapest first, the earliest time worth asking again. */
export function evaluate<Facts, Asked extends Question<Facts>>(description: GateDescription<Facts, Asked>, policy: Sealed<Policy>, facts: Sealed<Facts>, now: ClockReading): Decision {
  const question = description.prepare({ policy: policy.value, facts: facts.value, at: trustedTime(now) });
  const rulings = [clockRule(now), ...description.rules.map((rule) => rule(question))];
  const outcome = worstOf(rulings.map(({ result }) => result.outcome));
  // Time alone helps only where nothing but waiting is left.
  const recheckAt = outcome === 'wait' ? earliest(rulings.flatMap((ruling) => ruling.recheckAt ?? [])) : null;
  return {
    schema: 1,
    gate: description.gate,
    subject: description.subject(facts.value),
    outcome,
    rules: rulings.map(({ result }) => result),
    next: cheapestFirst(distinct(rulings.flatMap(({ next }) => next))),
    ...(recheckAt === null ? {} : { recheckAt }),
    inputs: { policy: policy.digest, facts: facts.digest, now },
  };
}

function distinct(steps: readonly NextStep[]): readonly NextStep[] {
  return [...new Map(steps.map((step) => [JSON.stringify([step.who, step.what, step.command]), step])).values()];
}

const costs: Readonly<Record<Effort, number>> = { wait: 0, click: 1, review: 2, change: 3, administer: 4 };

/** Steps of the same cost stay in rule order. */
const cheapestFirst = (steps: readonly NextStep[]): readonly NextStep[] => [...steps].sort((a, b) => costs[a.effort ?? 'change'] - costs[b.effort ?? 'change']);
