/** One answered request, as observers and the contract check see it. Bodies that are not JSON are given as null. */
export type Exchange = {
  readonly method: string;
  readonly path: string;
  readonly query: Record<string, string>;
  readonly requestHeaders: Record<string, string>;
  readonly requestBody: unknown;
  readonly status: number;
  readonly responseHeaders: Record<string, string>;
  readonly responseBody: unknown;
};

export const headerRecord = (headers: Headers): Record<string, string> => Object.fromEntries(headers.entries());

/** Parses a JSON body; undefined when there is none, null when it is not JSON. */
export function parseJson(bytes: Uint8Array, contentType: string | null): unknown {
  if (bytes.length === 0) return undefined;
  // Clients that name no type, or a form, still send JSON to GitHub's REST interface.
  if (contentType !== null && !/json|text\/plain|form-urlencoded/.test(contentType)) return null;
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8')) as unknown;
  } catch {
    return null;
  }
}
