import type { SeenDecision, SeenRule } from './gate-under-test.ts';
import type { Expected } from './scenario.ts';

/** `reasons`: outcome, rule and reason must be as expected. `outcomes`: the outcome alone, for gates that have other names for reasons. */
export type Depth = 'reasons' | 'outcomes';

/** How a decision differs from what is expected; null when it does not. */
export function differenceOf(decision: SeenDecision, { outcome, rule, reason, judged }: Expected, depth: Depth): string | null {
  if (decision.outcome !== outcome) return `expected ${outcome}, got ${decision.outcome}${whyOf(decision)}`;
  if (depth === 'outcomes' || rule === undefined) return null;
  const found = decision.rules?.find((result) => result.rule === rule);
  if (found === undefined) return `the decision has no rule ${rule}`;
  if (found.reason !== reason) return `rule ${rule}: expected ${reason ?? 'no reason'}, got ${found.reason}`;
  if (judged === undefined || found.judged?.some((one) => one.reason === judged) === true) return null;
  return `rule ${rule}: nothing it looked at is ${judged}, but ${listOf(found)}`;
}

function whyOf({ rules = [] }: SeenDecision): string {
  const against = rules.filter(({ outcome }) => outcome !== 'allow').map(({ rule, reason }) => `${rule}: ${reason}`);
  return against.length === 0 ? '' : ` (${against.join(', ')})`;
}

const listOf = ({ judged = [] }: SeenRule): string => (judged.length === 0 ? 'it names nothing' : judged.map(({ reason }) => reason).join(', '));
