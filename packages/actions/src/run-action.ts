import * as core from '@actions/core';
import { LedgerError } from '@sallyport/ledger';
import { OutsideError } from '@sallyport/pipeline';
import { InputError } from './input-error.ts';

/** Runs an action's main function; the only place that catches. A failure is one annotation: what, why, what next. */
export async function runAction(main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    core.setFailed(describeError(error));
  }
}

/** A failure in the words of whoever found it, and whether trying again may help. */
export function describeError(error: unknown): string {
  if (error instanceof OutsideError || error instanceof LedgerError) return `${error.message}${error.retryable ? ' It may work when run again.' : ''}`;
  if (error instanceof InputError) return error.next === null ? error.message : `${error.message} ${error.next}`;
  return error instanceof Error ? error.message : String(error);
}
