import type { IncomingMessage } from 'node:http';
import githubAppJwt from 'universal-github-app-jwt';

/** A GitHub App and the repository that it is asked about. */
export type AskedEarly = {
  /** As `GitHubClientOptions.baseUrl`. */
  readonly baseUrl: string;
  readonly appId: number;
  readonly privateKeyPem: string;
  readonly owner: string;
  readonly name: string;
  readonly userAgent: string;
  /** For the whole answer. Default 10 s. */
  readonly timeoutMilliseconds?: number;
};

/** A question that is on its way, and its answer; null when it is no answer to build on. */
export type EarlyAnswer = { readonly url: string; readonly answer: Promise<Response | null> };

/** GitHub's answer has a few thousand. */
const mostBytes = 1_000_000;

/**
 * Asks where the App is installed, which is the first thing a client of it asks, with nothing but Node and the JWT: the rest
 * of a program is read while GitHub answers (ADR 0029). Resolves when the question is on its way. Never rejects: what goes
 * wrong is null, as question or as answer, and then the client asks in its own way, which tries again and says what is wrong.
 */
export async function askEarly({ baseUrl, appId, privateKeyPem, owner, name, userAgent, timeoutMilliseconds = 10_000 }: AskedEarly): Promise<EarlyAnswer | null> {
  const url = `${baseUrl.replace(/\/+$/, '')}/repos/${encodeURIComponent(owner)}/${encodeURIComponent(name)}/installation`;
  try {
    // Only the one that is needed: `fetch` alone takes longer to load than an empty Node to start.
    const [{ get }, { token }] = await Promise.all([new URL(url).protocol === 'https:' ? import('node:https') : import('node:http'), githubAppJwt({ id: appId, privateKey: privateKeyPem })]);
    const headers = { accept: 'application/vnd.github+json', authorization: `bearer ${token}`, 'user-agent': userAgent, 'x-github-api-version': '2022-11-28' };
    const message = new Promise<IncomingMessage>((resolve, reject) => {
      const request = get(url, { headers, signal: AbortSignal.timeout(timeoutMilliseconds) }, resolve).on('error', reject);
      // Node drops a connection that the server switches to something else, and calls that neither an answer nor an error.
      request.on('close', () => reject(new Error('the connection ended without an answer')));
    });
    return { url, answer: message.then(readAnswer).catch(() => null) };
  } catch {
    return null;
  }
}

async function readAnswer(message: IncomingMessage): Promise<Response | null> {
  const body = await readBody(message);
  // Nothing was said of encodings, and a server may send one all the same; the client's own way reads them.
  if (message.statusCode !== 200 || body === null || message.headers['content-encoding'] !== undefined) return null;
  // Without its date: by the time somebody reads this, it is not now any more.
  return new Response(body, { status: 200, headers: { 'content-type': message.headers['content-type'] ?? '' } });
}

async function readBody(message: IncomingMessage): Promise<Buffer<ArrayBuffer> | null> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of message as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > mostBytes) return null;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** A fetch that takes the answer that is on its way for the first GET of its address, and asks for everything else. */
export function createEarlyFetch(fetch: typeof globalThis.fetch, early: EarlyAnswer): typeof globalThis.fetch {
  let waiting: EarlyAnswer | null = early;
  return async (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    if (waiting === null || (init?.method ?? 'GET') !== 'GET' || url !== waiting.url) return fetch(input, init);
    const { answer } = waiting;
    waiting = null;
    return (await answer) ?? fetch(input, init);
  };
}
