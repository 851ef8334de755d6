export type OutsideErrorCode = 'unreachable' | 'unauthorised' | 'forbidden' | 'not-found' | 'rate-limited' | 'server-error' | 'malformed-answer' | 'refused';

/** The outside is broken or said no. `retryable` tells whether the same call may work later. */
export class OutsideError extends Error {
  readonly code: OutsideErrorCode;
  readonly retryable: boolean;
  constructor(code: OutsideErrorCode, message: string, options: { readonly retryable: boolean; readonly cause?: unknown }) {
    super(message, { cause: options.cause });
    this.name = 'OutsideError';
    this.code = code;
    this.retryable = options.retryable;
  }
}
