import type { Decision } from '../decision.ts';
import type { ReasonCode } from '../reason-codes.ts';
import { bySeverity } from '../ruling.ts';

/** The reasons of the rules that are not satisfied, each once, the worst first; none: it is allowed. */
export function stoppedBy({ rules }: Pick<Decision, 'rules'>): readonly ReasonCode[] {
  const open = rules.filter(({ outcome }) => outcome !== 'allow').sort(bySeverity);
  return [...new Set(open.map(({ reason }) => reason))];
}
