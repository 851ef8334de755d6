import { expectedDeploySeconds } from '@sallyport/calendar';

/** What a deploy is expected to need, in whole seconds. `reserveSeconds` comes on top. */
export type ExpectedDuration = { readonly expectedSeconds: number; readonly reserveSeconds: number };

const fallbackSeconds = 15 * 60;
const minimumReserveSeconds = 5 * 60;

/** The 95th percentile of recent deploys, fifteen minutes while too few are known, and half of it as a reserve, at least five minutes. */
export function expectedDuration(recentDeploySeconds: readonly number[]): ExpectedDuration {
  const expectedSeconds = Math.ceil(expectedDeploySeconds(recentDeploySeconds, fallbackSeconds));
  return { expectedSeconds, reserveSeconds: Math.max(Math.ceil(expectedSeconds / 2), minimumReserveSeconds) };
}
