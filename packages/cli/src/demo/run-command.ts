import { execFile } from 'node:child_process';

export type CommandResult = { readonly status: number; readonly stdout: string; readonly stderr: string };

/** Runs a program to its end, no shell between. Never throws for its exit status. */
export function runCommand(program: string, args: readonly string[], options: { readonly cwd: string; readonly env?: Readonly<Record<string, string>> }): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    execFile(program, args, { cwd: options.cwd, env: { PATH: process.env['PATH'], ...options.env }, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (error !== null && typeof error.code !== 'number') reject(new Error(`${program} could not be run: ${error.message}`, { cause: error }));
      else resolve({ status: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

/** As runCommand, but any status other than 0 is an error. Gives what it printed. */
export async function mustRun(program: string, args: readonly string[], options: { readonly cwd: string; readonly env?: Readonly<Record<string, string>> }): Promise<string> {
  const { status, stdout, stderr } = await runCommand(program, args, options);
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${status}: ${stderr || stdout}`);
  return stdout;
}
