import { imageReference } from '@sallyport/gates';
import { whatRuns } from '@sallyport/pipeline';
import type { LedgerState, Running } from '@sallyport/pipeline';
import { canonicalJson } from '@sallyport/ledger';
import { connect, readingScopes } from '../connect.ts';
import type { GitHubOptions } from '../connect.ts';
import { InputError } from '../input-error.ts';
import type { ExitCode, Io } from '../io.ts';
import { loadRecord } from '../load-record.ts';
import { plain } from '../render/plain.ts';
import { chooseEnvironment } from '../choose-environment.ts';
import { withExamples, withGitHubOptions } from './register.ts';
import type { Register } from './register.ts';

export type RunningOptions = GitHubOptions & { readonly environment?: string; readonly json?: boolean };

/** What the ledger says an environment runs, for a probe that compares it with what the environment says of itself. */
export async function running(io: Io, options: RunningOptions): Promise<ExitCode> {
  const { outside } = await connect(io, options, readingScopes);
  const { policy, state } = await loadRecord(outside);
  const environment = chooseEnvironment(policy.sealed.value, options.environment);
  const document = runningDocument(state, environment.name);
  io.stdout(options.json === true ? `${canonicalJson(document)}\n` : renderRunning(document));
  return 0;
}

/** Throws InputError when nothing was ever promoted there with success. */
export function runningDocument(state: LedgerState, environment: string): Running {
  const running = whatRuns(state, environment);
  if (running === null) throw new InputError(`Nothing was promoted to ${environment} with success yet, so the ledger knows of nothing that runs there.`, { next: 'Ask again after the first promotion; `sallyport status` shows what is under way.' });
  return running;
}

/** As lines for people. */
export function renderRunning({ environment, version, build, commit, artifacts, number, tag, since, underWay, drift }: Running): string {
  const rows = [
    ['version', version],
    ['build', build],
    ['commit', commit],
    ...artifacts.map((one) => ('image' in one ? (['image', imageReference(one)] as const) : (['artifact', `${one.digest}  ${one.name}`] as const))),
    ['promotion', `${number} (${tag}), since ${since}`],
    ...underWay.map((one) => ['under way', `${one.version} (${one.tag})`] as const),
    ...(drift === undefined ? [] : [['drift', `run ${drift.run} found something else running, ${drift.at}`] as const]),
  ] as const;
  return `${environment}\n${rows.map(([name, value]) => `  ${name.padEnd(10)}${plain(value)}`).join('\n')}\n`;
}

export const registerRunning: Register = (parent, run) => {
  const command = withGitHubOptions(parent.command('running')).option('--environment <name>', 'default: the last environment of the policy').option('--json', 'print JSON').summary('what the ledger says an environment runs').description('Prints version, build, commit, digests and promotion of what was last promoted to an environment with success, so that a probe can compare it with what the environment says of itself.');
  withExamples(command, 'sallyport running --environment production', 'sallyport running --environment production --json').action((options: RunningOptions) => run((io) => running(io, options)));
};
