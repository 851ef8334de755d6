import { windowState } from '@sallyport/calendar';
import type { Instant, WindowState } from '@sallyport/calendar';
import type { EnvironmentPolicy, FreezePolicy, Policy, WindowPolicy } from '@sallyport/policy';

/** What the calendar says for an environment: `always` when it has no window, `missing` when the policy names one it does not have. */
export type Timetable = WindowState | { readonly state: 'always' } | { readonly state: 'missing'; readonly window: string };

/** The environment's window alone, without freezes. */
export function timetableOf(policy: Policy, environment: EnvironmentPolicy, at: Instant, freezes: readonly FreezePolicy[] = []): Timetable {
  if (environment.window === null) return { state: 'always' };
  const window = policy.windows.find(({ name }) => name === environment.window);
  return window === undefined ? { state: 'missing', window: environment.window } : windowState(window, freezes, at);
}

export type FreezeInForce = { readonly name: string; readonly owner: string; readonly reason: string; readonly until: Instant | null };

/** The freezes in force, by name. Each is asked on its own against a window that never closes. */
export function freezesAt(policy: Policy, at: Instant): readonly FreezeInForce[] {
  return policy.freezes
    .flatMap((freeze) => {
      const state = windowState(anyTime(freeze.zone), [freeze], at);
      return state.state === 'open' ? [] : [{ name: freeze.name, owner: freeze.owner, reason: freeze.reason, until: state.nextOpening?.from ?? null }];
    })
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

const anyTime = (zone: string): WindowPolicy => ({
  name: 'any time',
  zone,
  days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'],
  from: '00:00',
  to: '00:00',
  except: [],
  extra: [],
});
