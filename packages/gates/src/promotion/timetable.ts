import { freezesAt, horizonMilliseconds, windowState } from '@sallyport/calendar';
import type { Instant, WindowState } from '@sallyport/calendar';
import type { EnvironmentPolicy, FreezePolicy, Policy } from '@sallyport/policy';
import { byText } from '../wording.ts';

/** What the calendar says for an environment: `always` when it has no window, `missing` when the policy names one it does not have. */
export type Timetable = WindowState | { readonly state: 'always' } | { readonly state: 'missing'; readonly window: string };

/** The environment's window alone, without freezes. */
export function timetableOf(policy: Policy, environment: EnvironmentPolicy, at: Instant, freezes: readonly FreezePolicy[] = []): Timetable {
  if (environment.window === null) return { state: 'always' };
  const window = policy.windows.find(({ name }) => name === environment.window);
  return window === undefined ? { state: 'missing', window: environment.window } : windowState(window, freezes, at);
}

/** The zone in which times are said for an environment: its window's. */
export const zoneOf = ({ windows }: Policy, { window }: EnvironmentPolicy): string => windows.find(({ name }) => name === window)?.zone ?? 'UTC';

/** `until` is null when nobody wrote an end, and `far` when it is further away than the calendar looks. */
export type FreezeInForce = { readonly name: string; readonly zone: string; readonly owner: string; readonly reason: string; readonly until: Instant | 'far' | null };

/** The freezes in force, by name. */
export function freezesInForce({ freezes }: Policy, at: Instant): readonly FreezeInForce[] {
  return freezesAt(freezes, at)
    .map(({ freeze: { name, zone, owner, reason }, until }) => ({ name, zone, owner, reason, until: until !== null && until >= at + horizonMilliseconds ? ('far' as const) : until }))
    .sort((a, b) => byText(a.name, b.name));
}
