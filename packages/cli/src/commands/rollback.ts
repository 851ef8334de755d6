import { lastSucceeded, promotionsTo } from '@sallyport/pipeline';
import type { LedgerState, RegisteredBuild } from '@sallyport/pipeline';
import { connect, issueScopes, loadGitHub } from '../connect.ts';
import type { GitHubOptions } from '../connect.ts';
import { findBuild } from '../find-build.ts';
import { InputError } from '../input-error.ts';
import type { ExitCode, Io } from '../io.ts';
import { loadRecord } from '../load-record.ts';
import { plain } from '../render/plain.ts';
import { chooseEnvironment } from '../choose-environment.ts';
import { withExamples, withGitHubOptions } from './register.ts';
import type { Register } from './register.ts';

export type RollbackOptions = GitHubOptions & { readonly environment?: string; readonly reason: string; readonly json?: boolean };

/** Asks the gatekeeper to let an environment return to a build that was healthy there. */
export async function rollback(io: Io, name: string, options: RollbackOptions): Promise<ExitCode> {
  const reason = options.reason.replace(/\s+/g, ' ').trim();
  if (reason === '') throw new InputError('The reason is empty.', { next: 'Say in a few words what is wrong: it is what people read in the record.' });
  const { outside, client, repository } = await connect(io, options, issueScopes);
  const { policy, state } = await loadRecord(outside);
  const environment = chooseEnvironment(policy.sealed.value, options.environment);
  const build = findBuild(state, name);
  requireRan(state, environment.name, build);

  const { askForRollback } = await loadGitHub();
  const asked = await askForRollback(client, repository, { version: build.version, build: build.digest, environment: environment.name, reason });
  if (options.json === true) {
    io.stdout(`${JSON.stringify({ schema: 1, issue: asked.issue, url: asked.url, environment: environment.name, build: build.digest, version: build.version, comment: asked.comment })}\n`);
    return 0;
  }
  const when = environment.rollback === 'anytime' ? 'It goes at the next sweep of the gatekeeper, at any time of the week.' : `It waits for window ${environment.window ?? 'anytime'}, because the policy lets rollbacks go only then.`;
  io.stdout(`Asked in #${asked.issue} for ${environment.name} to return to ${build.version} (${build.digest.slice(0, 'sha256:'.length + 12)}).\n  ${plain(asked.url)}\n${when} You need the maintain role, the request holds for four hours, and a hold still stops it.\n`);
  return 0;
}

/** Nothing else can be returned to. */
function requireRan(state: LedgerState, environment: string, { digest, version }: RegisteredBuild): void {
  const ran = promotionsTo(state, environment).filter(({ end }) => end?.outcome === 'succeeded');
  if (lastSucceeded(state, environment)?.build === digest) throw new InputError(`${environment} runs ${version} already.`, { next: 'Name an earlier build.' });
  if (ran.some(({ build }) => build === digest)) return;
  const others = [...new Set(ran.map((promotion) => promotion.version))].slice(-5).reverse();
  throw new InputError(`${version} never ran healthy in ${environment}, so nothing can return to it.`, { next: others.length === 0 ? `Nothing has run in ${environment} yet.` : `These did: ${others.join(', ')}.` });
}

export const registerRollback: Register = (parent, run) => {
  const command = withGitHubOptions(parent.command('rollback'))
    .argument('<build>', 'version, digest, or at least 12 hex digits of it')
    .requiredOption('--reason <text>', 'what is wrong, in a few words')
    .option('--environment <name>', 'default: the last environment of the policy')
    .option('--json', 'print JSON')
    .summary('return to a build that was healthy there')
    .description('Opens an issue and asks in it for an environment to return to a build that was healthy there before. The gatekeeper carries it out; it needs the maintain role.');
  withExamples(command, "sallyport rollback 1.7.0 --reason 'checkout fails since 1.8.0'").action((build: string, options: RollbackOptions) => run((io) => rollback(io, build, options)));
};
