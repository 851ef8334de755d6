import { runCommand, tryCommand } from './run-command.ts';
import type { CommandResult } from './run-command.ts';

export type Git = {
  /** What git printed, without the last line's end; anything but status 0 throws. */
  (args: readonly string[], options?: { readonly input?: string; readonly env?: Readonly<Record<string, string>> }): Promise<string>;
  /** How it ended, for questions that may be answered with no. */
  ask(args: readonly string[]): Promise<CommandResult>;
};

const settings: readonly (readonly [string, string])[] = [
  ['core.hooksPath', '/dev/null'],
  ['commit.gpgSign', 'false'],
  ['tag.gpgSign', 'false'],
  ['core.autocrlf', 'false'],
];

/** git in one folder. It never asks for a password, and no hook or signature of the machine's owner gets in the way. */
export function gitIn(folder: string): Git {
  const asEnvironment = settings.flatMap(([key, value], index) => [[`GIT_CONFIG_KEY_${index}`, key], [`GIT_CONFIG_VALUE_${index}`, value]]);
  const env = { ...process.env, GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C', GIT_CONFIG_COUNT: String(settings.length), ...(Object.fromEntries(asEnvironment) as Readonly<Record<string, string>>) };
  const git = async (args: readonly string[], options: { readonly input?: string; readonly env?: Readonly<Record<string, string>> } = {}): Promise<string> =>
    (await runCommand('git', args, { cwd: folder, env: { ...env, ...options.env }, ...(options.input === undefined ? {} : { input: options.input }) })).trimEnd();
  return Object.assign(git, { ask: (args: readonly string[]) => tryCommand('git', args, { cwd: folder, env }) });
}
