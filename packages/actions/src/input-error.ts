export type InputErrorCode = 'input-invalid' | 'not-a-runner' | 'not-this-workflow' | 'no-pull-request' | 'policy-unusable' | 'file-missing' | 'refused' | 'not-judged' | 'overtaken' | 'unhealthy';

/** What the workflow gave cannot be used, or the answer is no. The message says what and why, `next` what to do about it; null when the message says that itself. */
export class InputError extends Error {
  readonly code: InputErrorCode;
  readonly next: string | null;
  constructor(code: InputErrorCode, message: string, options: { readonly next?: string; readonly cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.name = 'InputError';
    this.code = code;
    this.next = options.next ?? null;
  }
}
