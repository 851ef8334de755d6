import { OutsideError } from '@sallyport/pipeline';
import { parsePageAddress } from '../ask-page.ts';
import { readAtMost } from '../read-at-most.ts';

const timeoutMilliseconds = 10_000;

/**
 * Posts JSON to an incoming webhook. Its address is a secret and in no error; it is followed nowhere else. Throws OutsideError, never retryable:
 * one place that does not answer keeps nobody from the others, and the next sweep tries again.
 */
export async function postWebhook({ what, address, body }: { readonly what: string; readonly address: string; readonly body: unknown }): Promise<void> {
  const url = parsePageAddress(address.trim());
  if (typeof url === 'string') throw new OutsideError('refused', `The webhook of ${what} is not used: ${url}`, { retryable: false });
  const answer = await send(url, what, JSON.stringify(body));
  const text = Buffer.from((await readAtMost(answer, 1000).catch(() => null)) ?? []).toString('utf8');
  // Slack and Teams answer a word or two on what is wrong, e.g. invalid_payload.
  if (!answer.ok) throw new OutsideError('refused', `${what} took no message (status ${answer.status}${/^[a-z_]{1,60}$/.test(text) ? `, ${text}` : ''}). See whether its webhook is still there`, { retryable: false });
}

async function send(url: URL, what: string, body: string): Promise<Response> {
  try {
    return await fetch(url, { method: 'POST', redirect: 'error', credentials: 'omit', headers: { 'content-type': 'application/json', 'user-agent': 'sallyport' }, body, signal: AbortSignal.timeout(timeoutMilliseconds) });
  } catch {
    // The cause's words can hold the address.
    throw new OutsideError('unreachable', `${what} could not be reached within ${timeoutMilliseconds / 1000} s`, { retryable: false });
  }
}
