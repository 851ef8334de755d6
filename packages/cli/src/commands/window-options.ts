import { freezesAt, horizonMilliseconds, openIntervals, windowState } from '@sallyport/calendar';
import type { Freeze, Interval, WindowState } from '@sallyport/calendar';
import { zoneOf } from '@sallyport/gates';
import type { EnvironmentPolicy, Policy, WindowPolicy } from '@sallyport/policy';
import { InputError } from '../input-error.ts';
import type { Io } from '../io.ts';
import { atHelp, parseAt } from '../parse-at.ts';
import { defaultPolicyFile, readPolicyFile } from '../policy-file.ts';
import { plain } from '../render/plain.ts';
import { unknownEnvironment } from '../choose-environment.ts';
import { readFreezes } from '../window-freezes.ts';
import type { Command } from 'commander';

export type WindowOptions = { readonly environment?: string; readonly policy?: string; readonly at?: string; readonly json?: boolean };

export const withWindowOptions = (command: Command): Command =>
  command
    .option('--environment <name>', 'default: the last environment of the policy that has a window')
    .option('--policy <file>', 'the policy', defaultPolicyFile)
    .option('--at <instant>', atHelp)
    .option('--json', 'print JSON');

export type Timetable = {
  readonly environment: string;
  /** null: the environment is open at any time but during freezes. */
  readonly window: WindowPolicy | null;
  readonly state: WindowState | null;
  /** What closes it now, if a freeze does. */
  readonly freeze: Freeze | null;
  readonly at: number;
  /** Openings after `at`, in order; at most as many as asked for. */
  readonly openings: readonly Interval[];
};

/** The policy, the environment that is meant, the instant that is asked about, and every freeze of the time from then on. */
export type AskedWindow = { readonly policy: Policy; readonly environment: EnvironmentPolicy; readonly at: number; readonly freezes: readonly Freeze[] };

/** `aheadMilliseconds`: how far freezes are looked for; as far as the calendar looks, and no less. */
export async function readWindow(io: Io, options: WindowOptions, aheadMilliseconds = 0): Promise<AskedWindow> {
  const file = options.policy ?? defaultPolicyFile;
  const policy = (await readPolicyFile(io, file)).sealed.value;
  const environment = chooseWindowed(policy, options.environment);
  const at = readAt(io, options, zoneOf(policy, environment));
  return { policy, environment, at, freezes: await readFreezes(io, policy, file, { from: at, to: at + Math.max(aheadMilliseconds, horizonMilliseconds) }) };
}

/** `--at`, by the clock of a zone where it is in words. How words were understood is printed first, unless JSON says it. */
export function readAt(io: Pick<Io, 'now' | 'stdout'>, { at, json }: Pick<WindowOptions, 'at' | 'json'>, zone: string): number {
  const asked = parseAt(at, zone, io.now());
  if (asked.echo !== null && json !== true) io.stdout(`${asked.echo}\n`);
  return asked.at;
}

/** The zone that words count in when a policy is asked about as a whole: that of the environment which is chosen when none is named. */
export function mainZone(policy: Policy): string {
  const environment = policy.environments.findLast(({ window }) => window !== null);
  return environment === undefined ? 'UTC' : zoneOf(policy, environment);
}

/** What the policy says of an environment's window. Holds are not seen. */
export async function readTimetable(io: Io, options: WindowOptions, count: number): Promise<Timetable> {
  return timetableOf(await readWindow(io, options), count);
}

export function timetableOf({ policy, environment, at, freezes }: AskedWindow, count: number): Timetable {
  const window = policy.windows.find(({ name }) => name === environment.window) ?? null;
  const [inForce] = freezesAt(freezes, at);
  if (window === null) {
    if (environment.window !== null) throw new InputError(`The policy has no window "${plain(environment.window)}".`);
    return { environment: environment.name, window, state: null, freeze: inForce?.freeze ?? null, at, openings: [] };
  }
  const state = windowState(window, freezes, at);
  const freeze = state.state === 'closed' && state.because === 'freeze' ? (inForce?.freeze ?? null) : null;
  const openings = openIntervals(window, freezes, at, at + horizonMilliseconds)
    .filter(({ from }) => from > at)
    .slice(0, count);
  return { environment: environment.name, window, state, freeze, at, openings };
}

function chooseWindowed(policy: Policy, name: string | undefined): EnvironmentPolicy {
  const { environments } = policy;
  const chosen = name === undefined ? (environments.findLast(({ window }) => window !== null) ?? environments.at(-1)) : environments.find((environment) => environment.name === name);
  if (chosen === undefined) throw unknownEnvironment(policy, name);
  return chosen;
}

/** With a window, as the window says; without one, a freeze is all that closes. */
export const isClosed = ({ state, freeze }: Timetable): boolean => (state === null ? freeze !== null : state.state === 'closed');

/** The timetable as JSON, instants in ISO 8601. */
export function timetableDocument(timetable: Timetable): Record<string, unknown> {
  const { environment, window, state, freeze, at, openings } = timetable;
  return {
    schema: 1,
    environment,
    at: iso(at),
    window: window?.name ?? null,
    zone: window?.zone ?? null,
    state: isClosed(timetable) ? 'closed' : 'open',
    ...(state?.state === 'open' ? { since: iso(state.since), until: iso(state.until) } : {}),
    ...(isClosed(timetable) ? { because: state?.state === 'closed' ? state.because : 'freeze' } : {}),
    ...(freeze === null ? {} : { freeze: { name: freeze.name, owner: freeze.owner, reason: freeze.reason } }),
    openings: openings.map(({ from, to }) => ({ from: iso(from), to: iso(to) })),
  };
}

export const iso = (at: number): string => new Date(at).toISOString();
