import type { WindowPolicy } from '@sallyport/policy';
import type { Instant, Interval } from '../calendar.ts';
import { mergeIntervals } from '../interval.ts';
import { datesAround } from '../occurrences.ts';
import { prepareWindowRules } from '../window-rules.ts';
import type { WindowRule } from '../window-rules.ts';

/** A rule and all the time it opens that touches a span, merged, freezes left aside. */
export type RuleTimes = { readonly rule: WindowRule; readonly times: readonly Interval[] };

export function ruleTimes(window: WindowPolicy, from: Instant, to: Instant): readonly RuleTimes[] {
  const dates = datesAround(from, to);
  return prepareWindowRules(window).map(({ rule, startingOn }) => ({ rule, times: mergeIntervals(startingOn(dates)).filter((time) => time.to > from && time.from < to) }));
}
