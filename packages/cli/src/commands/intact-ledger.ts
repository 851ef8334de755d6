import type { LedgerFault, VerifiedLedger } from '@sallyport/ledger';
import type { Io } from '../io.ts';
import { faultLine } from '../load-record.ts';
import { checkLedger } from './ledger-options.ts';
import type { LedgerOptions } from './ledger-options.ts';

/** The verified ledger; null, with every fault said, when it is not intact. `consequence` as in "nothing is exported". */
export async function readIntact(io: Io, options: LedgerOptions, consequence: string): Promise<VerifiedLedger | null> {
  const { check } = await checkLedger(io, options);
  if (check.state === 'intact') return check;
  sayFaults(io, check.faults, `The ledger is not intact, so ${consequence}`);
  return null;
}

export const sayFaults = (io: Io, faults: readonly LedgerFault[], what: string): void => io.stderr(`${what}:\n${faults.map((fault) => `  ${faultLine(fault)}\n`).join('')}`);
