import type { Decision } from '@sallyport/gates';
import { canonicalJson } from '@sallyport/ledger';
import { decisionDocument } from '@sallyport/pipeline';
import type { Policy } from '@sallyport/policy';
import type { Io } from './io.ts';
import { renderDecisionText } from './render/decision-text.ts';

/** Prints a decision: as canonical JSON (RFC 8785), so that two of them can be compared byte by byte, or for reading. */
export function printDecision(io: Io, decision: Decision, policy: Policy, { json }: { readonly json?: boolean }): void {
  if (json === true) io.stdout(`${canonicalJson(decisionDocument(decision))}\n`);
  else io.stdout(renderDecisionText(decision, { colors: io.colors, columns: io.columns, zone: policyZone(policy) }));
}

/** The zone people of this policy think in: that of its windows. */
export const policyZone = (policy: Policy): string | null => policy.windows[0]?.zone ?? policy.freezes[0]?.zone ?? null;
