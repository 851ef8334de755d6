import type { Judged } from '../decision.ts';

/** `maybe`: it would count if a fact that is missing turned out well. */
export type Standing = 'counted' | 'maybe' | 'not-counted';

export type Verdict = { readonly standing: Standing; readonly reason: Judged['reason']; readonly summary: string; readonly remedy?: string | undefined };

export const notCounted = (reason: Judged['reason'], summary: string, remedy?: string): Verdict => ({ standing: 'not-counted', reason, summary, remedy });
