/** What a deploy is expected to need, in whole seconds. `reserveSeconds` comes on top. */
export type ExpectedDuration = { readonly expectedSeconds: number; readonly reserveSeconds: number; readonly measured: number };

const fallbackSeconds = 15 * 60;
const minimumReserveSeconds = 5 * 60;

/** The 95th percentile (nearest rank) of recent deploys and half of it as a reserve, at least five minutes; fifteen minutes when none was measured. */
export function expectedDuration(recentDeploySeconds: readonly number[]): ExpectedDuration {
  const sorted = [...recentDeploySeconds].sort((a, b) => a - b);
  const p95 = sorted[Math.ceil(sorted.length * 0.95) - 1];
  const expectedSeconds = Math.ceil(p95 ?? fallbackSeconds);
  return { expectedSeconds, reserveSeconds: Math.max(Math.ceil(expectedSeconds / 2), minimumReserveSeconds), measured: sorted.length };
}
