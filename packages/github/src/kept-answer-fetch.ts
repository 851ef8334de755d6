import type { AnswerCache } from './answer-cache.ts';
import type { AnswerSeal } from './answer-seal.ts';
import { isImmutable } from './immutable-answer.ts';
import { keepable, readKept, writeKept } from './kept-answer.ts';
import type { KeptAnswer } from './kept-answer.ts';

export type KeptAnswerOptions = {
  /** Must give whole bodies. */
  readonly fetch: typeof globalThis.fetch;
  readonly baseUrl: string;
  readonly cache: AnswerCache;
  readonly seal: AnswerSeal;
};

/**
 * A fetch that keeps answers to GET and asks again only whether they still hold (RFC 9110 §13.1.2); GitHub counts no 304
 * against the rate limit. An unchanged answer carries this answer's headers, so its Date is now. What can never change is
 * not asked for again, and then has no Date.
 */
export function createKeptAnswerFetch({ fetch, baseUrl, cache, seal }: KeptAnswerOptions): typeof globalThis.fetch {
  return async (input, init) => {
    const url = readUrl(input);
    if (url === null || (init?.method ?? 'GET') !== 'GET') return fetch(input, init);
    const headers = new Headers(init?.headers);
    if (!(headers.get('accept') ?? '').includes('json') || headers.has('if-none-match')) return fetch(input, init);
    const question = nameQuestion(url, headers);
    const name = seal.nameOf(question);
    const kept = await readAnswer({ cache, seal }, question, name);
    const immutable = isImmutable(baseUrl, url);
    if (kept !== null && immutable) return revive(kept, new Headers());
    if (kept !== null) headers.set('if-none-match', kept.etag);
    const answer = await fetch(input, { ...init, headers });
    if (answer.status === 304 && kept !== null) return revive(kept, answer.headers);
    if (answer.status !== 200) return answer;
    const body = new Uint8Array(await answer.clone().arrayBuffer());
    const keep = keepable(url, { status: answer.status, headers: answer.headers, body }, { immutable });
    // Nobody waits for the disk, and keeping never fails.
    if (keep !== null) void cache.set(name, seal.seal(question, writeKept(keep)));
    return answer;
  };
}

/** Everything that tells one question from another. The credential is not in it: it is what the seal is made of. */
const nameQuestion = (url: URL, headers: Headers): string => JSON.stringify(['GET', url.href, headers.get('accept'), headers.get('x-github-api-version')]);

async function readAnswer({ cache, seal }: Pick<KeptAnswerOptions, 'cache' | 'seal'>, question: string, name: string): Promise<KeptAnswer | null> {
  const sealed = await cache.get(name);
  const plain = sealed === null ? null : seal.open(question, sealed);
  return plain === null ? null : readKept(plain);
}

/** The kept body as if it had come just now; a Link of this answer is newer than the one that was kept. */
function revive({ contentType, etag, link, body }: KeptAnswer, now: Headers): Response {
  const headers = new Headers(now);
  headers.set('content-type', contentType);
  headers.set('etag', etag);
  const newest = now.get('link') ?? link;
  if (newest !== null) headers.set('link', newest);
  return new Response(new Uint8Array(body), { status: 200, headers });
}

function readUrl(input: string | URL | Request): URL | null {
  const text = input instanceof Request ? input.url : String(input);
  return URL.canParse(text) ? new URL(text) : null;
}
