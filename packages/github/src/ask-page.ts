import type { PageAnswer } from '@sallyport/pipeline';
import { readAtMost } from './read-at-most.ts';

export type AskLimits = {
  readonly maximumBytes: number;
  /** Until the last byte is there, redirects included. */
  readonly timeoutMilliseconds: number;
  /** How often it may send elsewhere. */
  readonly redirects: number;
};

/** A page that may be asked, or why it may not be: https, or http to this very machine, and no credentials in it, because addresses are shown. */
export function parsePageAddress(text: string): URL | string {
  if (!URL.canParse(text)) return 'it is no address';
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') return 'it holds a user name or password, and addresses are shown in logs';
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) return 'it is not https, and nobody knows who would answer';
  return url;
}

const isLoopback = (host: string): boolean => host === 'localhost' || host === '[::1]' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host);

/** An address as it is shown: what may hold a credential is left out. */
export const shownAddress = ({ origin, pathname }: URL): string => `${origin}${pathname}`;

/** Asks a page how an environment is: without credentials, and with everything that can go on for ever limited. What goes wrong is an answer, never an error. */
export async function askPage(url: URL, { maximumBytes, timeoutMilliseconds, redirects }: AskLimits): Promise<PageAnswer> {
  const signal = AbortSignal.timeout(timeoutMilliseconds);
  try {
    let [at, left] = [url, redirects];
    for (;;) {
      const answer = await fetch(at, { redirect: 'manual', credentials: 'omit', headers: { 'cache-control': 'no-cache', accept: 'application/json, */*;q=0.5', 'user-agent': 'sallyport-probe' }, signal });
      const location = answer.status >= 300 && answer.status < 400 ? answer.headers.get('location') : null;
      if (location === null) return await readAnswer(answer, maximumBytes, at);
      await answer.body?.cancel();
      const next = URL.canParse(location, at.href) ? parsePageAddress(new URL(location, at).href) : 'it is no address';
      if (typeof next === 'string') return { state: 'redirected', why: `${shownAddress(at)} sends elsewhere (status ${answer.status}), and there nothing is asked: ${next}.` };
      if (left === 0) return { state: 'redirected', why: `${shownAddress(at)} sends to ${shownAddress(next)} (status ${answer.status}), which is not followed. Give the address where the answer is, or allow \`redirects\`.` };
      [at, left] = [next, left - 1];
    }
  } catch (error) {
    if (signal.aborted) return { state: 'timed-out', why: `${shownAddress(url)} did not answer within ${timeoutMilliseconds / 1000} s.` };
    return { state: 'unreachable', why: `${shownAddress(url)} cannot be reached${codeOf(error)}.` };
  }
}

/** The cause's code alone: its words can hold the whole address. */
function codeOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' && /^[A-Z0-9_]{1,60}$/.test(code) ? ` (${code})` : '';
}

async function readAnswer(answer: Response, maximumBytes: number, at: URL): Promise<PageAnswer> {
  const body = await readAtMost(answer, maximumBytes);
  if (body === null) return { state: 'too-large', why: `${shownAddress(at)} sends more than ${maximumBytes} bytes. Let the probe ask for a smaller page.` };
  return { state: 'answered', status: answer.status, body };
}
