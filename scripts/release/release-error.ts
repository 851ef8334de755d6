export type ReleaseErrorCode = 'bad-input' | 'not-ready' | 'other-release' | 'other-package' | 'command-failed' | 'not-packed';

/** Why a release cannot go on. The message says what and where, `next` what to do about it. */
export class ReleaseError extends Error {
  readonly code: ReleaseErrorCode;
  readonly next: string;
  constructor(code: ReleaseErrorCode, message: string, { next, cause }: { readonly next: string; readonly cause?: unknown }) {
    super(message, { cause });
    this.name = 'ReleaseError';
    this.code = code;
    this.next = next;
  }
}
