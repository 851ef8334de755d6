import type { Command } from 'commander';
import type { ExitCode, Io } from '../io.ts';

/** Runs a command's body with the machine; its exit code becomes the program's. */
export type Run = (body: (io: Io) => Promise<ExitCode>) => Promise<void>;

/** Adds a command, or a group of them, to its parent. */
export type Register = (parent: Command, run: Run) => void;

/** The options of every command that asks GitHub. */
export const withGitHubOptions = (command: Command): Command =>
  command
    .option('--repo <owner/name>', 'the repository (default: GITHUB_REPOSITORY, else the git remote origin)')
    .option('--api-url <address>', "the API's address (default: GITHUB_API_URL, else https://api.github.com)")
    .option('--no-cache', 'read everything anew; otherwise answers are kept, encrypted, in $XDG_CACHE_HOME or ~/.cache');

/** Examples under a command's help, one a line. */
export const withExamples = (command: Command, ...examples: readonly string[]): Command =>
  command.addHelpText('after', `\n${examples.length === 1 ? 'Example' : 'Examples'}:\n${examples.map((example) => `  $ ${example}`).join('\n')}`);
