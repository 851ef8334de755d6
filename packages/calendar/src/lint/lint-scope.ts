import type { FreezePolicy, WindowPolicy } from '@sallyport/policy';
import type { Instant } from '../calendar.ts';
import type { Freeze } from '../freeze-span.ts';

/** What is looked at, and over which time. */
export type LintScope = {
  /** Those that some environment uses; of others it does not matter when they open. */
  readonly windows: readonly WindowPolicy[];
  readonly freezes: readonly FreezePolicy[];
  /** Freezes that do not stand in the policy: they close as well, and nothing is found in them. */
  readonly elsewhere: readonly Freeze[];
  /** Names of those that none uses. */
  readonly unusedWindows: readonly string[];
  /** Environments that are open at any time, which a freeze closes even where it touches no window. */
  readonly openAnytime: readonly string[];
  readonly from: Instant;
  readonly to: Instant;
  /** The longest time without an opening that is no finding. */
  readonly maxGapMilliseconds: number;
  /** This machine's version of the tz database, such as 2026b. */
  readonly tzdata: string;
};
