import type { Decision, RuleResult } from '../decision.ts';
import type { ReasonCode } from '../reason-codes.ts';
import { bySeverity } from '../ruling.ts';

/** The reasons of the rules that are not satisfied, each once, the worst first; none: it is allowed. */
export function stoppedBy(decision: Pick<Decision, 'rules'>): readonly ReasonCode[] {
  return [...new Set(openRules(decision).map(({ reason }) => reason))];
}

/** What is said where one sentence has to do: the worst of the rules that are not satisfied. Null: it is allowed. */
export const mainObjection = (decision: Pick<Decision, 'rules'>): RuleResult | null => openRules(decision)[0] ?? null;

const openRules = ({ rules }: Pick<Decision, 'rules'>): readonly RuleResult[] => rules.filter(({ outcome }) => outcome !== 'allow').sort(bySeverity);
