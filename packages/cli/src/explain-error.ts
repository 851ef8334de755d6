import { withoutSecrets } from '@sallyport/github';
import { LedgerError } from '@sallyport/ledger';
import { OutsideError } from '@sallyport/pipeline';
import type { OutsideErrorCode } from '@sallyport/pipeline';
import { InputError } from './input-error.ts';
import type { ExitCode } from './io.ts';
import { plainLines } from './render/plain.ts';

/** Added where the command line knows more than the message says; the message itself ends with the next step. */
const hints: Readonly<Partial<Record<OutsideErrorCode, string>>> = {
  unreachable: 'The address comes from --api-url or GITHUB_API_URL.',
  unauthorised: 'The token comes from GITHUB_TOKEN or GH_TOKEN.',
  forbidden: 'The token comes from GITHUB_TOKEN or GH_TOKEN.',
  'not-found': 'The repository comes from --repo, GITHUB_REPOSITORY or the git remote origin.',
  'malformed-answer': 'The address comes from --api-url or GITHUB_API_URL.',
};

export type Explanation = { readonly text: string; readonly exitCode: ExitCode };

/** What a person is told of a failure. Never 0, and never a stack trace unless asked for with --debug. Logs are kept and shared: tokens and addresses are left out of all of it (X06). */
export function explainError(error: unknown, { debug, secrets }: { readonly debug: boolean; /** Tokens in use, whatever their shape. */ readonly secrets: readonly string[] }): Explanation {
  const { message, next, exitCode } = describe(error);
  const stack = debug && error instanceof Error ? `${error.stack ?? ''}${causes(error)}\n` : '';
  return { text: masked(`sallyport: ${plainLines(message)}\n${next === null ? '' : `${plainLines(next)}\n`}${plainLines(stack)}`, secrets), exitCode };
}

/** What is shorter guards nothing, and taking it out would spoil every word that holds it. */
const shortestSecret = 8;

const masked = (text: string, secrets: readonly string[]): string => withoutSecrets(secrets.filter((secret) => secret.length >= shortestSecret).reduce((rest, secret) => rest.replaceAll(secret, '[secret left out]'), text));

function describe(error: unknown): { readonly message: string; readonly next: string | null; readonly exitCode: ExitCode } {
  if (error instanceof InputError) return { message: error.message, next: error.next, exitCode: 2 };
  if (error instanceof OutsideError) return { message: error.message, next: hints[error.code] ?? null, exitCode: 3 };
  if (error instanceof LedgerError) return { message: error.message, next: error.retryable ? 'Run it again.' : null, exitCode: 3 };
  const message = error instanceof Error ? error.message : String(error);
  return { message: `Something failed that should not: ${message}`, next: 'Nothing was allowed by it. Run it again with --debug for the details, and report it.', exitCode: 3 };
}

function causes(error: Error): string {
  return error.cause instanceof Error ? `\ncaused by: ${error.cause.stack ?? error.cause.message}${causes(error.cause)}` : '';
}
