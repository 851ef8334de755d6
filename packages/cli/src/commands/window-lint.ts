import { dayMilliseconds, describeInstant, lintWindows } from '@sallyport/calendar';
import type { LintFinding, LintScope } from '@sallyport/calendar';
import { placeIn } from '@sallyport/policy';
import type { Policy } from '@sallyport/policy';
import type { ExitCode, Io } from '../io.ts';
import { parseCount } from '../parse-count.ts';
import { atHelp } from '../parse-at.ts';
import { defaultPolicyFile, readPolicyFile } from '../policy-file.ts';
import { lintLine, lintVerdict } from '../render/window-lint-text.ts';
import type { PlacedFinding } from '../render/window-lint-text.ts';
import { machineTzdata, tzdataDocument, tzdataLine } from '../render/tzdata-text.ts';
import { unknownEnvironment } from '../choose-environment.ts';
import { readFreezes } from '../window-freezes.ts';
import { withExamples } from './register.ts';
import type { Register } from './register.ts';
import { iso, mainZone, readAt } from './window-options.ts';
import type { WindowOptions } from './window-options.ts';

export type WindowLintOptions = WindowOptions & { readonly weeks?: string; readonly maxGap?: string; readonly strict?: boolean };

/** What is valid in windows and freezes and yet may not do what was meant. 0; with `--strict` and a warning 1. */
export async function windowLint(io: Io, options: WindowLintOptions): Promise<ExitCode> {
  const weeks = parseCount(options.weeks ?? '104', '--weeks', 530);
  const maxGapDays = parseCount(options.maxGap ?? '35', '--max-gap', 3650);
  const path = options.policy ?? defaultPolicyFile;
  const { sealed, text } = await readPolicyFile(io, path);
  const policy = sealed.value;
  const asked = askedOf(policy, options.environment);
  const zone = mainZone({ ...policy, environments: asked.environments });
  const at = readAt(io, options, zone);
  const to = at + weeks * 7 * dayMilliseconds;
  const scope: LintScope = { ...asked, freezes: policy.freezes, elsewhere: (await readFreezes(io, policy, path, { from: at, to })).slice(policy.freezes.length), from: at, to, maxGapMilliseconds: maxGapDays * dayMilliseconds, tzdata: io.tzdata };
  const placeOf = placeIn(text);
  const findings = lintWindows(scope).map((finding): PlacedFinding => ({ ...finding, ...placeOf(finding.path) }));
  findings.sort((one, other) => one.line - other.line || one.column - other.column);
  const tzdata = machineTzdata(io);
  if (options.json === true) {
    const environments = asked.environments.map(({ name }) => name);
    io.stdout(`${JSON.stringify({ schema: 1, file: path, environments, at: iso(at), until: iso(to), maxGapDays, tzdata: tzdataDocument(tzdata), findings: findings.map(findingDocument) })}\n`);
  } else {
    const verdict = lintVerdict(path, findings, `from ${describeInstant(at, zone)} to ${describeInstant(to, zone)}`, io.colors);
    io.stdout(`${[...findings.map((finding) => lintLine(path, finding)), verdict, tzdataLine(tzdata)].join('\n')}\n`);
  }
  return options.strict === true && findings.some(({ severity }) => severity === 'warning') ? 1 : 0;
}

type Asked = Pick<Policy, 'environments'> & Pick<LintScope, 'windows' | 'openAnytime' | 'unusedWindows'>;

/** Windows count only by the environments that use them; that nobody uses one is said when all are asked about. */
function askedOf({ environments, windows }: Policy, name: string | undefined): Asked {
  const asked = name === undefined ? environments : environments.filter((environment) => environment.name === name);
  if (name !== undefined && asked.length === 0) throw unknownEnvironment({ environments }, name);
  const used = new Set(asked.map(({ window }) => window));
  return {
    environments: asked,
    windows: windows.filter((window) => used.has(window.name)),
    openAnytime: asked.flatMap((environment) => (environment.window === null ? [environment.name] : [])),
    unusedWindows: name === undefined ? windows.flatMap((window) => (used.has(window.name) ? [] : [window.name])) : [],
  };
}

const findingDocument = ({ severity, code, path, line, column, message, instants }: PlacedFinding & LintFinding): Record<string, unknown> => ({ severity, code, path, line, column, message, instants: instants.map(iso) });

export const registerWindowLint: Register = (parent, run) => {
  const command = parent
    .command('lint')
    .summary('windows and freezes that may not do what was meant')
    .description('Looks through the windows and freezes of a valid policy for what daylight saving shortens or moves, rules that overlap or never open, freezes without effect, long times without a window, and zones that machines may disagree about. Exit status 0, also with warnings; with --strict 1 when there is one.')
    .option('--environment <name>', 'only the window of this environment (default: all)')
    .option('--policy <file>', 'the policy', defaultPolicyFile)
    .option('--at <instant>', `from when on: ${atHelp}`)
    .option('--weeks <number>', 'how far ahead', '104')
    .option('--max-gap <days>', 'the longest time without a window that is no finding', '35')
    .option('--strict', 'exit status 1 when there is a warning')
    .option('--json', 'print JSON');
  withExamples(command, 'sallyport window lint', 'sallyport window lint --environment production --max-gap 14 --strict', 'sallyport window lint --at "jan 1 2027 00:00" --weeks 52 --json').action((options: WindowLintOptions) => run((io) => windowLint(io, options)));
};
