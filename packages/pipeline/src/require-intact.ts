import type { LedgerCheck, LedgerFault, VerifiedLedger } from '@sallyport/ledger';
import { OutsideError } from './outside-error.ts';

/** One fault on one line: its code, where, and what is wrong. */
export const describeFault = ({ code, index, message }: LedgerFault): string => (index === null ? `${code}: ${message}` : `${code} at entry ${index}: ${message}`);

/** What a broken ledger means: `consequence` as in "nothing can be recorded". */
export const explainBroken = (faults: readonly LedgerFault[], consequence: string): string => `The ledger is not intact, so ${consequence}:\n${faults.map(describeFault).join('\n')}`;

/** The verified ledger. Throws OutsideError, final, with every fault when it is not intact. */
export function requireIntact(check: LedgerCheck, consequence: string): VerifiedLedger {
  if (check.state === 'broken') throw new OutsideError('refused', explainBroken(check.faults, consequence), { retryable: false });
  return check;
}
