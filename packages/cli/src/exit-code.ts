import type { Outcome } from '@sallyport/gates';
import type { ExitCode } from './io.ts';

const codes: Readonly<Record<Outcome, ExitCode>> = { allow: 0, deny: 1, unknown: 3, wait: 4 };

/** What a decision's outcome is to a shell. */
export const exitCodeOf = (outcome: Outcome): ExitCode => codes[outcome];
