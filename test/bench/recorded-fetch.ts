/** One request as it left and came back, in milliseconds of one clock. */
export type Exchange = { readonly url: URL; readonly status: number; readonly startedAt: number; readonly endedAt: number };

export type Recorder = { readonly fetch: typeof globalThis.fetch; readonly exchanges: readonly Exchange[] };

/** A fetch that writes down when each request began and when its whole answer was there. */
export function recordFetch(): Recorder {
  const exchanges: Exchange[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const startedAt = performance.now();
    const answer = await globalThis.fetch(input, init);
    const body = await answer.arrayBuffer();
    exchanges.push({ url: new URL(input instanceof Request ? input.url : String(input)), status: answer.status, startedAt, endedAt: performance.now() });
    return new Response(body.byteLength === 0 ? null : body, { status: answer.status, headers: answer.headers });
  };
  return { fetch, exchanges };
}

/** The longest row of requests of which each began only after the one before had ended. */
export function countRoundTrips(exchanges: readonly Exchange[]): number {
  const inOrder = [...exchanges].sort((one, other) => one.startedAt - other.startedAt);
  const depths: { readonly endedAt: number; readonly depth: number }[] = [];
  for (const { startedAt, endedAt } of inOrder) {
    const before = depths.filter((other) => other.endedAt <= startedAt).map(({ depth }) => depth);
    depths.push({ endedAt, depth: 1 + Math.max(0, ...before) });
  }
  return Math.max(0, ...depths.map(({ depth }) => depth));
}

/** Pages after the first, which a list longer than a page forces. */
export const isFurtherPage = ({ url }: Exchange): boolean => Number(url.searchParams.get('page') ?? 1) > 1 || url.searchParams.has('after');
