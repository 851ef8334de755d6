import type { LedgerFault } from './ledger.ts';

export type LedgerErrorCode = 'ledger-broken' | 'ledger-busy' | 'key-unusable' | 'key-not-trusted' | 'entry-refused';

/** Something outside the ledger's rules kept it from working. */
export class LedgerError extends Error {
  readonly code: LedgerErrorCode;
  /** Whether the same call may succeed later. */
  readonly retryable: boolean;

  constructor(code: LedgerErrorCode, message: string, options: { readonly retryable: boolean; readonly cause?: unknown }) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'LedgerError';
    this.code = code;
    this.retryable = options.retryable;
  }
}

/** The ledger is not what it was, so nothing is added to it. */
export class LedgerBrokenError extends LedgerError {
  readonly faults: readonly LedgerFault[];

  constructor(faults: readonly LedgerFault[]) {
    super('ledger-broken', `The ledger is broken, so nothing was added to it. ${faults.map((fault) => fault.message).join(' ')} Run “sallyport ledger verify” and find out who changed the branch.`, { retryable: false });
    this.name = 'LedgerBrokenError';
    this.faults = faults;
  }
}
