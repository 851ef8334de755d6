import { OutsideError } from '@sallyport/pipeline';
import type { OutsideErrorCode } from '@sallyport/pipeline';
import { withoutSecrets } from './without-secrets.ts';

/** What was asked, in words for people: `GET /repos/acme/shop/pulls/7`, and why. */
export type Asked = { readonly what: string; readonly why: string; readonly host: string };

/** The parts of Octokit's error that are used; an error without a response never reached an answer. */
export type Failure = { readonly status: number | null; readonly message: string; readonly headers: Readonly<Record<string, string>> };

type Verdict = { readonly code: OutsideErrorCode; readonly retryable: boolean; readonly next: string };

/** Turns a failed request into an error that names what was asked, why, what came back and what to do. Never carries a token. */
export function explainFailure(asked: Asked, failure: Failure, cause: unknown): OutsideError {
  const { code, retryable, next } = judge(failure);
  const came = failure.status === null ? `did not answer (${oneLine(failure.message)})` : `answered ${failure.status}: ${oneLine(failure.message)}`;
  return new OutsideError(code, `${asked.host} ${came} when asked ${asked.what} ${asked.why}. ${next}`, { retryable, cause });
}

/** An answer arrived, but it is not what GitHub documents. */
export function malformedAnswer(asked: Asked, problem: string, options: { readonly retryable: boolean; readonly cause?: unknown }): OutsideError {
  const next = options.retryable ? 'Something between here and GitHub may be broken; try again.' : 'GitHub may have changed, or this is not GitHub; check the address.';
  return new OutsideError('malformed-answer', `${asked.host} gave an answer that cannot be used when asked ${asked.what} ${asked.why}: ${oneLine(problem)}. ${next}`, options);
}

function judge({ status, message, headers }: Failure): Verdict {
  if (status === null) return { code: 'unreachable', retryable: true, next: 'Check the network and the address, then try again.' };
  if (isRateLimit({ status, message, headers })) return { code: 'rate-limited', retryable: true, next: 'Wait a few minutes, then try again.' };
  if (status >= 500) return { code: 'server-error', retryable: true, next: 'GitHub has a problem; try again later.' };
  switch (status) {
    case 401:
      return { code: 'unauthorised', retryable: false, next: 'Give a token that is valid, or check the App’s id and key.' };
    case 403:
      return { code: 'forbidden', retryable: false, next: 'Give the token or the App the permission that this needs.' };
    case 404:
    case 410:
      return { code: 'not-found', retryable: false, next: 'Check the name; GitHub also answers so for what the token may not see.' };
    default:
      return { code: 'refused', retryable: false, next: 'GitHub does not take this request as it is; the reason is in its answer.' };
  }
}

function isRateLimit({ status, message, headers }: Failure): boolean {
  if (status === 429) return true;
  return status === 403 && (headers['x-ratelimit-remaining'] === '0' || headers['retry-after'] !== undefined || /\brate limit\b/i.test(message));
}

const longestShown = 300;
/** Of an answer of any length no more than this is looked through: well beyond what is shown. */
const longestRead = 10_000;

function oneLine(text: string): string {
  const line = withoutSecrets(text.slice(0, longestRead)).replace(/\s+/g, ' ').trim();
  return line.length > longestShown ? `${line.slice(0, longestShown)}…` : line;
}
