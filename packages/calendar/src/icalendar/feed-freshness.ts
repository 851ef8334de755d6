import type { Instant } from '../calendar.ts';

/** Anything but `fresh` means closed (W09). */
export type FeedFreshness =
  | { readonly state: 'fresh'; readonly ageSeconds: number }
  | { readonly state: 'stale'; readonly ageSeconds: number; readonly message: string }
  | { readonly state: 'unknown'; readonly message: string };

/** By which the clocks of two servers may differ. */
const toleratedSeconds = 60;

/**
 * Whether what is known of a calendar is new enough. `at` is when it was fetched, or when it says it was written
 * (`FeedResult.writtenAt`); null, and a time more than a minute ahead of `now`, is unknown. An age of exactly
 * `longestAgeSeconds` is still fresh.
 */
export function checkFreshness({ at, now, longestAgeSeconds }: { readonly at: Instant | null; readonly now: Instant; readonly longestAgeSeconds: number }): FeedFreshness {
  const ageSeconds = at === null ? NaN : (now - at) / 1000;
  if (!Number.isFinite(ageSeconds) || !(longestAgeSeconds >= 0)) return { state: 'unknown', message: 'How old the calendar is cannot be told, so it is not believed. Fetch it again.' };
  if (ageSeconds < -toleratedSeconds) return { state: 'unknown', message: `The calendar is dated ${seconds(-ageSeconds)} after now, so its age cannot be told. See which clock is wrong, and fetch it again.` };
  if (ageSeconds <= longestAgeSeconds) return { state: 'fresh', ageSeconds: Math.max(0, ageSeconds) };
  return { state: 'stale', ageSeconds, message: `The calendar is ${seconds(ageSeconds)} old, and may be no more than ${seconds(longestAgeSeconds)}. Fetch it again, or see why its publisher stopped.` };
}

function seconds(count: number): string {
  if (count >= 2 * 86_400) return `${Math.floor(count / 86_400)} days`;
  if (count >= 2 * 3600) return `${Math.floor(count / 3600)} hours`;
  return count >= 120 ? `${Math.floor(count / 60)} minutes` : `${Math.floor(count)} seconds`;
}
