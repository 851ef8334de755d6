import { lastRelease } from '@sallyport/pipeline';
import { connect, issueScopes, loadGitHub } from '../connect.ts';
import type { GitHubOptions } from '../connect.ts';
import { InputError } from '../input-error.ts';
import type { ExitCode, Io } from '../io.ts';
import { loadRecord } from '../load-record.ts';
import { plain } from '../render/plain.ts';
import { unknownEnvironment } from '../choose-environment.ts';

export type CommandOptions = GitHubOptions & { readonly json?: boolean };

/** Gives a command on the release issue of an environment, as the person the token belongs to. The gatekeeper judges and answers it there. */
export async function giveCommand(io: Io, options: CommandOptions, environment: string, text: string): Promise<ExitCode> {
  const { parseReleaseCommand, writeComment } = await loadGitHub();
  const command = parseReleaseCommand(text);
  if (command === null || command.name === 'unreadable') throw new InputError(`${plain(text)} would not be understood: ${command?.problem ?? 'it is no command'}.`, { next: 'Change what you gave, and run it again.' });
  const { outside, client, repository } = await connect(io, options, issueScopes);
  const { policy, state } = await loadRecord(outside);
  if (!policy.sealed.value.environments.some(({ name }) => name === environment)) throw unknownEnvironment(policy.sealed.value, environment);
  // Every release issue takes commands for every environment.
  const release = lastRelease(state, environment) ?? state.releases.at(-1) ?? null;
  if (release === null) throw new InputError('There is no release issue yet: the gatekeeper opens one when something waits.', { next: 'To hold everything meanwhile, open an issue with the label sallyport-hold.' });
  const { url } = await writeComment(client, repository, { issue: release.issue, body: text, why: 'to give a command on the release issue' });
  io.stdout(options.json === true ? `${JSON.stringify({ schema: 1, issue: release.issue, url, comment: text })}\n` : `Said on #${release.issue}: ${plain(text)}\n  ${plain(url)}\nThe gatekeeper answers there, usually within a minute.\n`);
  return 0;
}

/** Spaces and line ends of what a person typed, as a command wants them. */
export const oneSpaced = (text: string): string => text.replace(/\s+/g, ' ').trim();
