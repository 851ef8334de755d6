import type { Instant } from './calendar.ts';

/** Fewer recorded deploys than this say nothing about the next one. */
const enoughDeploys = 3;

/** The 95th percentile (nearest rank) of past durations in seconds; `fallbackSeconds` when there are too few. */
export function expectedDeploySeconds(recentSeconds: readonly number[], fallbackSeconds: number): number {
  if (recentSeconds.length < enoughDeploys) return fallbackSeconds;
  const sorted = [...recentSeconds].sort((a, b) => a - b);
  return sorted[Math.ceil(0.95 * sorted.length) - 1] ?? fallbackSeconds;
}

/** Whether a deploy started at `at` is expected to end, reserve included, no later than `until`. */
export function fits(question: { readonly at: Instant; readonly until: Instant; readonly expectedSeconds: number; readonly reserveSeconds: number }): { readonly fits: boolean; readonly lastSafeStart: Instant } {
  const lastSafeStart = question.until - (question.expectedSeconds + question.reserveSeconds) * 1000;
  return { fits: question.at <= lastSafeStart, lastSafeStart };
}
