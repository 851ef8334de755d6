import type { Instant } from '@sallyport/calendar';
import type { Policy } from '@sallyport/policy';
import type { ClockReading, Decision, Effort, NextStep } from './decision.ts';
import { ascending } from './ascending.ts';
import { collect } from './collect.ts';
import { clockRule, trustedTime } from './clock-rule.ts';
import type { Gate } from './gate.ts';
import type { Ruling } from './ruling.ts';
import { earliest, worstOf } from './ruling.ts';

/** What every rule is given. `at` is the trusted time, null when there is none; `now` are the clocks it comes from. */
export type Question<Facts> = { readonly policy: Policy; readonly facts: Facts; readonly now: ClockReading; readonly at: Instant | null };

export type Rule<Facts> = (question: Question<Facts>) => Ruling;

type GateDescription<Facts, Asked extends Question<Facts>> = {
  readonly gate: Decision['gate'];
  readonly subject: (facts: Facts) => string;
  /** Adds what several rules need, worked out once for each decision. */
  readonly prepare: (question: Question<Facts>) => Asked;
  /** In the order in which the decision shows them, after the clock's. */
  readonly rules: readonly ((question: Asked) => Ruling)[];
};

/**
 * Makes a gate of its description. It runs every rule, always, and makes the decision: the worst outcome, every step, the cheapest first,
 * the earliest time worth asking again.
 */
export function createGate<Facts, Asked extends Question<Facts>>({ gate, subject, prepare, rules }: GateDescription<Facts, Asked>): Gate<Facts> {
  const everyRule = [({ now }: Question<Facts>) => clockRule(now), ...rules];
  return (policy, facts, now) => {
    const question = prepare({ policy: policy.value, facts: facts.value, now, at: trustedTime(now) });
    const rulings = everyRule.map((rule) => rule(question));
    const results = rulings.map(({ result }) => result);
    const outcome = worstOf(results);
    return {
      schema: 1,
      gate,
      subject: subject(facts.value),
      outcome,
      rules: results,
      next: cheapestFirst(distinct(collect(rulings, ({ next }) => next))),
      // Time alone helps only where nothing but waiting is left.
      recheckAt: outcome === 'wait' ? (earliest(rulings.flatMap(({ recheckAt }) => recheckAt ?? [])) ?? undefined) : undefined,
      inputs: { policy: policy.digest, facts: facts.digest, now },
    };
  };
}

function distinct(steps: readonly NextStep[]): readonly NextStep[] {
  if (steps.length < 2) return steps;
  return [...new Map(steps.map((step) => [JSON.stringify([step.who, step.what, step.command]), step])).values()];
}

const costs: Readonly<Record<Effort, number>> = { wait: 0, click: 1, review: 2, change: 3, administer: 4 };

/** Steps of the same cost stay in rule order. */
const cheapestFirst = (steps: readonly NextStep[]): readonly NextStep[] => ascending(steps, ({ effort }) => costs[effort ?? 'change']);
