import { runCommand, tryCommand } from './run-command.ts';
import type { CommandResult } from './run-command.ts';

export type Git = {
  /** What git printed, without the last line's end; anything but status 0 throws. */
  (args: readonly string[], options?: { readonly input?: string; readonly env?: Readonly<Record<string, string>> }): Promise<string>;
  /** How it ended, for questions that may be answered with no. */
  ask(args: readonly string[]): Promise<CommandResult>;
};

/** git in one folder. It never asks for a password, and no hook or signature of the machine's owner gets in the way. */
export function gitIn(folder: string): Git {
  const env = { ...process.env, GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' };
  const settings = ['-c', 'core.hooksPath=/dev/null', '-c', 'commit.gpgSign=false', '-c', 'tag.gpgSign=false', '-c', 'core.autocrlf=false'];
  const git = async (args: readonly string[], options: { readonly input?: string; readonly env?: Readonly<Record<string, string>> } = {}): Promise<string> =>
    (await runCommand('git', [...settings, ...args], { cwd: folder, env: { ...env, ...options.env }, ...(options.input === undefined ? {} : { input: options.input }) })).trimEnd();
  return Object.assign(git, { ask: (args: readonly string[]) => tryCommand('git', [...settings, ...args], { cwd: folder, env }) });
}
