import type { Decision } from '../decision.ts';
import type { ReasonCode } from '../reason-codes.ts';
import { reasons } from '../reasons.ts';
import type { Reason } from '../reasons.ts';

/** Codes that explain themselves where they stand. */
const plain: readonly ReasonCode[] = ['ok', 'not-applicable'];

/** The meaning of every reason code that a decision gives, in the order in which it first does. */
export function reasonsOf({ rules }: Decision): readonly (Reason & { readonly code: ReasonCode })[] {
  const codes = rules.flatMap(({ reason, judged }) => [reason, ...judged.map((item) => item.reason)]);
  return [...new Set(codes)].filter((code) => !plain.includes(code)).map((code) => ({ code, ...reasons[code] }));
}
