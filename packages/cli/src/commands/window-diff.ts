import { compareOpenings, openIntervals } from '@sallyport/calendar';
import type { Freeze, Interval } from '@sallyport/calendar';
import type { EnvironmentPolicy, Policy } from '@sallyport/policy';
import { InputError } from '../input-error.ts';
import type { ExitCode, Io } from '../io.ts';
import { parseCount } from '../parse-count.ts';
import { atHelp } from '../parse-at.ts';
import { readPolicyFile } from '../policy-file.ts';
import { renderWindowDiff } from '../render/window-diff-text.ts';
import type { EnvironmentDiff } from '../render/window-diff-text.ts';
import { readFreezes } from '../window-freezes.ts';
import { withExamples } from './register.ts';
import type { Register } from './register.ts';
import { iso, mainZone, readAt } from './window-options.ts';

export type WindowDiffOptions = { readonly at?: string; readonly count?: string; readonly json?: boolean };

const spanMilliseconds = 366 * 24 * 60 * 60_000;

/** Compares what two policies open over the next year. */
export async function windowDiff(io: Io, oldFile: string, newFile: string, options: WindowDiffOptions): Promise<ExitCode> {
  const count = parseCount(options.count ?? '10', '-n', 50);
  if (oldFile === '-' && newFile === '-') throw new InputError('Both policies are to come from standard input, which holds only one.', { next: 'Name a file for one of them.' });
  const [old, now] = [(await readPolicyFile(io, oldFile)).sealed.value, (await readPolicyFile(io, newFile)).sealed.value];
  const at = readAt(io, options, mainZone(now));
  const read = async (policy: Policy, file: string): Promise<Side> => ({ policy, freezes: await readFreezes(io, policy, file, { from: at, to: at + spanMilliseconds }) });
  const [before, after] = [await read(old, oldFile), await read(now, newFile)];
  const names = [...new Set([...old.environments, ...now.environments].map(({ name }) => name))];
  const diffs = names.map((name) => diffOf(name, before, after, { at, count }));
  if (options.json === true) io.stdout(`${JSON.stringify({ schema: 1, at: iso(at), environments: diffs.map(diffDocument) })}\n`);
  else io.stdout(`${diffs.flatMap((diff) => renderWindowDiff(diff, io.colors)).join('\n')}\n`);
  return 0;
}

/** One of the two policies, and every freeze by it. */
type Side = { readonly policy: Policy; readonly freezes: readonly Freeze[] };

type Scope = { readonly at: number; readonly count: number };

function diffOf(environment: string, before: Side, after: Side, { at, count }: Scope): EnvironmentDiff {
  const [old, now] = [before, after].map((side) => openingsOf(side, environment, at)) as [Openings, Openings];
  const zone = now.zone ?? old.zone ?? 'UTC';
  if (old.openings === null || now.openings === null) return { environment, zone, before: old.is, after: now.is, comparison: null };
  const compared = compareOpenings(old.openings, now.openings);
  const last = compared.changes[count - 1]?.opening.to ?? at + spanMilliseconds;
  return { environment, zone, before: old.is, after: now.is, comparison: { ...compared, changes: compared.changes.slice(0, count), added: compared.added.filter(({ from }) => from < last) } };
}

type Openings = { readonly is: EnvironmentDiff['before']; readonly zone: string | null; readonly openings: readonly Interval[] | null };

function openingsOf({ policy, freezes }: Side, name: string, at: number): Openings {
  const environment: EnvironmentPolicy | undefined = policy.environments.find((one) => one.name === name);
  if (environment === undefined) return { is: 'absent', zone: null, openings: null };
  const window = policy.windows.find((one) => one.name === environment.window);
  if (window === undefined) return { is: 'anytime', zone: null, openings: null };
  return { is: 'windowed', zone: window.zone, openings: openIntervals(window, freezes, at, at + spanMilliseconds) };
}

function diffDocument({ environment, zone, before, after, comparison }: EnvironmentDiff): Record<string, unknown> {
  const interval = ({ from, to }: Interval) => ({ from: iso(from), to: iso(to) });
  return {
    environment,
    zone,
    before,
    after,
    ...(comparison === null
      ? {}
      : {
          openings: comparison.changes.map((one) => ({ change: one.change, ...interval(one.opening), ...(one.change === 'shortened' ? { now: one.now.map(interval) } : {}) })),
          added: comparison.added.map(interval),
          longestGapSeconds: { before: seconds(comparison.longestGap.before), after: seconds(comparison.longestGap.after) },
        }),
  };
}

const seconds = (milliseconds: number | null): number | null => (milliseconds === null ? null : milliseconds / 1000);

export const registerWindowDiff: Register = (parent, run) => {
  const command = parent
    .command('diff')
    .argument('<old policy>', 'a policy file, or - for standard input')
    .argument('<new policy>', 'a policy file, or - for standard input')
    .summary('what a change of the policy does to the windows')
    .description('Compares what two policies open over the next year: which of the coming windows go, shrink or come, and the longest time without one.')
    .option('-n, --count <number>', 'how many openings of the old policy to look at', '10')
    .option('--at <instant>', `from when on: ${atHelp}`)
    .option('--json', 'print JSON');
  withExamples(command, 'git show main:.github/sallyport.yml | sallyport window diff - .github/sallyport.yml', 'sallyport window diff old.yml new.yml --at "dec 1 00:00"').action((oldFile: string, newFile: string, options: WindowDiffOptions) => run((io) => windowDiff(io, oldFile, newFile, options)));
};
