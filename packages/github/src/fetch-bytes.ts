import { OutsideError } from '@sallyport/pipeline';
import { readAtMost } from './read-at-most.ts';

export type FetchLimits = {
  readonly maximumBytes: number;
  /** The media type to ask for. */
  readonly accept: string;
  /** Until the last byte is there. Default: 10 s. */
  readonly timeoutMilliseconds?: number;
};

/**
 * What an address holds, without any credential and without following it elsewhere: a policy names the place where a file is.
 * Throws OutsideError.
 */
export async function fetchBytes(url: string, { maximumBytes, accept, timeoutMilliseconds = 10_000 }: FetchLimits): Promise<Uint8Array> {
  const { host } = new URL(url);
  const signal = AbortSignal.timeout(timeoutMilliseconds);
  try {
    const answer = await fetch(url, { headers: { accept }, redirect: 'manual', credentials: 'omit', signal });
    if (answer.status >= 300 && answer.status < 400) throw new OutsideError('refused', `${host} answers with another address (status ${answer.status}). Write the address where the file is.`, { retryable: false });
    if (answer.status !== 200) throw new OutsideError(answer.status === 404 ? 'not-found' : 'refused', `${host} answers with status ${answer.status}. See whether the address needs a sign-in, or has moved.`, { retryable: answer.status >= 500 });
    const bytes = await readAtMost(answer, maximumBytes);
    if (bytes === null) throw new OutsideError('refused', `${host} sends more than ${maximumBytes} bytes, which is no calendar of freezes. Write the address of a smaller file.`, { retryable: false });
    return bytes;
  } catch (cause) {
    if (cause instanceof OutsideError) throw cause;
    const what = signal.aborted ? `did not send the file within ${timeoutMilliseconds / 1000} seconds` : 'cannot be reached';
    throw new OutsideError('unreachable', `${host} ${what}. Try again; if it stays so, see whether this machine may reach it.`, { retryable: true, cause });
  }
}
