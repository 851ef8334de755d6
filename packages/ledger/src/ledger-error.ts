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
    const first = faults.slice(0, 3).map((fault) => fault.message).join(' ');
    const rest = faults.length > 3 ? ` And ${faults.length - 3} more.` : '';
    super('ledger-broken', `The ledger is broken, so nothing was added to it. ${first}${rest} Run “sallyport ledger verify” and find out who changed the branch.`, { retryable: false });
    this.name = 'LedgerBrokenError';
    this.faults = faults;
  }
}
