/** One answered request, as observers and the contract check see it. Header names are in lower case. */
export type Exchange = {
  readonly method: string;
  /** Without the query; percent-encoding as it was sent. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly requestHeaders: Readonly<Record<string, string>>;
  /** Parsed JSON, a string when it was no JSON, null when there was none. */
  readonly requestBody: unknown;
  readonly status: number;
  readonly responseHeaders: Readonly<Record<string, string>>;
  /** As `requestBody`. */
  readonly responseBody: unknown;
};

export const headerRecord = (headers: Headers): Record<string, string> => Object.fromEntries(headers.entries());

/** Parses a body: null when there is none, its text when it is not JSON. */
export function parseBody(bytes: Uint8Array): unknown {
  if (bytes.length === 0) return null;
  const text = Buffer.from(bytes).toString('utf8');
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
