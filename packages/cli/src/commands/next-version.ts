import { lastSucceeded } from '@sallyport/pipeline';
import { canonicalJson } from '@sallyport/ledger';
import semver from 'semver';
import { connect, readingScopes } from '../connect.ts';
import type { GitHubOptions } from '../connect.ts';
import { InputError } from '../input-error.ts';
import type { ExitCode, Io } from '../io.ts';
import { loadRecord } from '../load-record.ts';
import { plain } from '../render/plain.ts';
import { chooseEnvironment } from '../choose-environment.ts';
import { nextVersion } from '../version/next-version.ts';
import { readMessages } from '../version/read-messages.ts';
import { withExamples, withGitHubOptions } from './register.ts';
import type { Register } from './register.ts';

type NextVersionOptions = GitHubOptions & { readonly environment?: string; readonly json?: boolean };

/** The version for a build of the commit that is checked out, from what runs, what is registered, and the commits in between. */
async function showNextVersion(io: Io, options: NextVersionOptions): Promise<ExitCode> {
  const { outside } = await connect(io, options, readingScopes);
  const { policy, state } = await loadRecord(outside);
  const environment = chooseEnvironment(policy.sealed.value, options.environment);
  const running = lastSucceeded(state, environment.name);
  if (running !== null && semver.valid(running.version) === null) throw new InputError(`${environment.name} runs ${plain(running.version)}, which is no semantic version, so there is none after it.`, { next: 'Give the next build a version yourself, such as 1.8.0-rc.1.' });
  const messages = await readMessages(io.cwd, running?.commit ?? null);
  const next = nextVersion({ released: running?.version ?? null, taken: [...state.builds.values()].map(({ version }) => version), messages });
  const document = { schema: 1, ...next, released: running === null ? null : { environment: environment.name, version: running.version, commit: running.commit }, commits: messages.length };
  io.stdout(options.json === true ? `${canonicalJson(document)}\n` : `${next.version}\n`);
  return 0;
}

export const registerNextVersion: Register = (parent, run) => {
  const command = withGitHubOptions(parent.command('next-version'))
    .option('--environment <name>', 'where a release counts as released (default: the last environment of the policy)')
    .option('--json', 'print JSON: the version, the plain one it is on its way to, and why')
    .summary('the version for the next build')
    .description('Prints the version for a build of the commit that is checked out: what the commits since the last release ask for (Conventional Commits), as the next free prerelease, never older than a build that is registered. Needs the whole history of the clone.');
  withExamples(command, 'sallyport next-version', 'sallyport next-version --repo acme/shop --json').action((options: NextVersionOptions) => run((io) => showNextVersion(io, options)));
};
