import { dayMilliseconds, horizonMilliseconds, openIntervals } from '@sallyport/calendar';
import type { Freeze, Interval } from '@sallyport/calendar';
import { calendarFreezes } from '@sallyport/gates';
import type { StageFacts } from '@sallyport/gates';
import type { EnvironmentPolicy, Policy } from '@sallyport/policy';

/** What an environment's openings follow from. `calendars` are the readings of the policy's calendars. */
export type OpeningSources = { readonly policy: Policy; readonly calendars: StageFacts['calendars']; readonly environment: EnvironmentPolicy };

/** Openings of the environment's window in `[from, to)`, less its freezes; none where it has no window. */
export function openingsIn({ policy, calendars, environment }: OpeningSources, from: number, to: number): readonly Interval[] {
  const window = policy.windows.find(({ name }) => name === environment.window);
  const freezes: readonly Freeze[] = [...policy.freezes, ...calendarFreezes(policy, calendars === undefined ? {} : { calendars })];
  return window === undefined ? [] : openIntervals(window, freezes, from, to);
}

/** The openings to come or under way, the first first, as far as the calendar looks. */
export const openingsFrom = (sources: OpeningSources, at: number): readonly Interval[] => openingsIn(sources, at - 2 * dayMilliseconds, at + horizonMilliseconds).filter(({ to }) => to > at);
