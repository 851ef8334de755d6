export { entryBody, ledgerEntry } from './entry.ts';
export type { EntryBody, LedgerEntry } from './entry.ts';
export type { LedgerCheck, LedgerFault, LedgerFiles, LedgerStore, TreeHead, VerifiedLedger } from './ledger.ts';
