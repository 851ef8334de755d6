/** Told of every answer as it arrives, before anyone judges it. */
export type Heard = { readonly method: string; readonly path: string; readonly status: number; readonly date: string | null };

export type WholeBodyOptions = {
  readonly fetch: typeof globalThis.fetch;
  readonly timeoutMilliseconds: number;
  readonly onResponse: (heard: Heard) => void;
};

/**
 * A fetch that answers only with complete bodies: Octokit takes a body that breaks off for an empty one.
 * Throws what fetch throws: TypeError for a connection that breaks, TimeoutError when the whole answer takes too long.
 */
export function createWholeBodyFetch({ fetch, timeoutMilliseconds, onResponse }: WholeBodyOptions): typeof globalThis.fetch {
  return async (input, init) => {
    const answer = await fetch(input, { ...init, signal: AbortSignal.timeout(timeoutMilliseconds) });
    onResponse({
      method: init?.method ?? 'GET',
      path: pathOf(input),
      status: answer.status,
      // A file kept elsewhere is sent by another server, whose clock is not GitHub's.
      date: answer.redirected ? null : answer.headers.get('date'),
    });
    const bytes = await answer.arrayBuffer();
    const body = bytes.byteLength === 0 ? null : bytes;
    return new Response(body, { status: answer.status, statusText: answer.statusText, headers: answer.headers });
  };
}

function pathOf(input: string | URL | Request): string {
  const url = input instanceof Request ? input.url : String(input);
  return URL.canParse(url) ? new URL(url).pathname : url;
}
