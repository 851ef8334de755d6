import type { LedgerCheck, VerifiedLedger } from '@sallyport/ledger';
import type { EntryDraft } from './sweep/effect.ts';

/** Reads and verifies the ledger against the keys the policy trusts. */
export type LedgerReader = { read(): Promise<LedgerCheck> };

/** Reads and appends; only the gatekeeper holds the key for it. */
export type LedgerWriter = LedgerReader & {
  /**
   * Appends entries in one step. An entry whose key is there already is left alone.
   * With `ifSize`: `moved`, and nothing written, when the ledger no longer has that many entries.
   */
  append(entries: readonly EntryDraft[], options: { readonly at: number; readonly ifSize?: number }): Promise<{ readonly state: 'appended' | 'present' | 'moved'; readonly ledger: VerifiedLedger }>;
};
