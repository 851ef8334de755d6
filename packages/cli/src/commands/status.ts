import { canonicalJson } from '@sallyport/ledger';
import { connect, readingScopes } from '../connect.ts';
import type { GitHubOptions } from '../connect.ts';
import type { ExitCode, Io } from '../io.ts';
import { gatherStatus } from '../gather-status.ts';
import { renderStatus, statusDocument } from '../render/status-text.ts';
import { withExamples, withGitHubOptions } from './register.ts';
import type { Register } from './register.ts';

export type StatusOptions = GitHubOptions & { readonly json?: boolean };

/** Where everything stands: environments, windows, holds, requests, reviews, ledger. */
export async function status(io: Io, options: StatusOptions): Promise<ExitCode> {
  const { outside } = await connect(io, options, readingScopes);
  const gathered = await gatherStatus(outside);
  io.stdout(options.json === true ? `${canonicalJson(statusDocument(gathered))}\n` : renderStatus(gathered, io.colors));
  return gathered.missing.length === 0 ? 0 : 3;
}

export const registerStatus: Register = (parent, run) => {
  const command = withGitHubOptions(parent.command('status')).option('--json', 'print JSON').summary('where everything stands').description('Shows what each environment runs, what is under way, windows, holds, override requests, reviews and the ledger.');
  withExamples(command, 'sallyport status --repo acme/shop').action((options: StatusOptions) => run((io) => status(io, options)));
};
