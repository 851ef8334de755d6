import type { LedgerCheck, LedgerStore } from './ledger.ts';
import { verifyLedger } from './verify-ledger.ts';
import type { VerifyOptions } from './verify-ledger.ts';

/** Reads the whole ledger and verifies it. What the store throws passes through. */
export const readLedger = async (store: LedgerStore, options: VerifyOptions): Promise<LedgerCheck> => verifyLedger(await store.read(), options);
