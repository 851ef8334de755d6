export type Mismatch = {
  /** Null when the description has no operation for this method and path. */
  readonly operationId: string | null;
  readonly method: string;
  readonly path: string;
  readonly direction: 'request' | 'response';
  readonly status: number;
  /** A JSON pointer into the body, prefixed with `path` or `query` for parameters; empty for the whole. */
  readonly instancePath: string;
  readonly message: string;
  /** The offending value, shortened. */
  readonly excerpt: string;
};

/** What one comparison found; the exchange it belongs to is added later. */
export type Finding = Pick<Mismatch, 'direction' | 'instancePath' | 'message'> & { readonly value: unknown };

export function excerptOf(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 160 ? `${text.slice(0, 157)}...` : text;
}

/** One line for a person who has to mend the simulator. */
export function renderMismatch(mismatch: Mismatch): string {
  const where = mismatch.instancePath === '' ? '' : ` at ${mismatch.instancePath}`;
  return `${mismatch.operationId ?? 'no operation'}: ${mismatch.direction} of ${mismatch.method} ${mismatch.path} (${mismatch.status})${where}: ${mismatch.message}; got ${mismatch.excerpt}`;
}
