import { execFile } from 'node:child_process';
import { ReleaseError } from './release-error.ts';

export type CommandOptions = { readonly cwd: string; /** In place of the process's own. */ readonly env?: NodeJS.ProcessEnv; readonly input?: string };
export type CommandResult = { readonly status: number; readonly stdout: string; readonly stderr: string };

const maximumBytes = 256 * 1024 * 1024;

/** Runs a program without a shell and says how it ended; throws only when it cannot be started or is killed. */
export async function tryCommand(command: string, args: readonly string[], { cwd, env, input }: CommandOptions): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const child = execFile(command, args, { cwd, env: env ?? process.env, maxBuffer: maximumBytes }, (error, stdout, stderr) => {
      if (error === null) resolve({ status: 0, stdout, stderr });
      else if (typeof error.code === 'number') resolve({ status: error.code, stdout, stderr });
      else reject(new ReleaseError('command-failed', `${command} could not be run to its end: ${error.message}`, { next: `Make sure that ${command} is installed and that nothing stops it.`, cause: error }));
    });
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input ?? '');
  });
}

/** Runs a program and returns what it printed; anything but status 0 is an error that shows the end of what it said. */
export async function runCommand(command: string, args: readonly string[], options: CommandOptions): Promise<string> {
  const { status, stdout, stderr } = await tryCommand(command, args, options);
  if (status === 0) return stdout;
  const said = (stderr.trim() === '' ? stdout : stderr).trim().split('\n').slice(-20).join('\n');
  throw new ReleaseError('command-failed', `\`${command} ${args.join(' ')}\` ended with ${status}:\n${said}`, { next: 'Put right what it says and run the release again; it goes on where it stopped.' });
}
