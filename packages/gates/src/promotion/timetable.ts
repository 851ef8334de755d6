import { freezesAt, horizonMilliseconds, windowState } from '@sallyport/calendar';
import type { Freeze, Instant, WindowState } from '@sallyport/calendar';
import type { EnvironmentPolicy, Policy } from '@sallyport/policy';
import { byText } from '../wording.ts';
import { calendarFreezes } from './calendars.ts';
import type { PromotionFacts } from './promotion-facts.ts';

/** What the calendar says for an environment: `always` when it has no window, `missing` when the policy names one it does not have. */
export type Timetable = WindowState | { readonly state: 'always' } | { readonly state: 'missing'; readonly window: string };

/** The environment's window alone, without freezes. */
export function timetableOf(policy: Policy, environment: EnvironmentPolicy, at: Instant, freezes: readonly Freeze[] = []): Timetable {
  if (environment.window === null) return { state: 'always' };
  const window = policy.windows.find(({ name }) => name === environment.window);
  return window === undefined ? { state: 'missing', window: environment.window } : windowState(window, freezes, at);
}

/** The zone in which times are said for an environment: its window's. */
export const zoneOf = ({ windows }: Policy, { window }: EnvironmentPolicy): string => windows.find(({ name }) => name === window)?.zone ?? 'UTC';

/** Every freeze of the policy and of its calendars. */
export const everyFreeze = (policy: Policy, facts: PromotionFacts): readonly Freeze[] => [...policy.freezes, ...calendarFreezes(policy, facts)];

/** `place` is where it is written. `until` is null when nobody wrote an end, and `far` when it is further away than the calendar looks. */
export type FreezeInForce = { readonly name: string; readonly place: string; readonly zone: string; readonly owner: string; readonly reason: string; readonly until: Instant | 'far' | null };

/** The freezes in force, by name. */
export function freezesInForce(policy: Policy, facts: PromotionFacts, at: Instant): readonly FreezeInForce[] {
  const written = policy.freezes.map((freeze) => ({ freeze, place: 'the policy' }));
  const kept = calendarFreezes(policy, facts).map((freeze) => ({ freeze, place: `calendar ${freeze.calendar}` }));
  return [...written, ...kept]
    .flatMap(({ freeze, place }) => freezesAt([freeze], at).map(({ name, owner, reason, until }) => ({ name, place, zone: freeze.zone, owner, reason, until: until !== null && until >= at + horizonMilliseconds ? ('far' as const) : until })))
    .sort((a, b) => byText(a.name, b.name));
}
