/** What the person gave cannot be used. The message says what and why, `next` what to do instead. */
export class InputError extends Error {
  readonly next: string | null;
  constructor(message: string, options: { readonly next?: string; readonly cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.name = 'InputError';
    this.next = options.next ?? null;
  }
}
