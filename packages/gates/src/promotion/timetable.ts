import { openIntervals, windowState } from '@sallyport/calendar';
import type { Instant, WindowState } from '@sallyport/calendar';
import type { EnvironmentPolicy, FreezePolicy, Policy, WindowPolicy } from '@sallyport/policy';
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

export type FreezeInForce = { readonly name: string; readonly zone: string; readonly owner: string; readonly reason: string; readonly until: Instant | null };

/** The freezes in force, by name. Each is asked on its own against a window that never closes. */
export function freezesAt(policy: Policy, at: Instant): readonly FreezeInForce[] {
  return policy.freezes
    .filter((freeze) => openIntervals(anyTime(freeze.zone), [freeze], at, at + 1).every(({ from, to }) => at < from || at >= to))
    .map((freeze) => ({ ...described(freeze), until: windowState(anyTime(freeze.zone), [freeze], at).nextOpening?.from ?? null }))
    .sort((a, b) => byText(a.name, b.name));
}

const described = ({ name, zone, owner, reason }: FreezePolicy) => ({ name, zone, owner, reason });

const anyTime = (zone: string): WindowPolicy => ({
  name: 'any time',
  zone,
  days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'],
  from: '00:00',
  to: '00:00',
  except: [],
  extra: [],
});
