import { spawn } from 'node:child_process';

/** Git said no, or could not be started. */
export class GitFailure extends Error {
  readonly code = 'git-failed';
  readonly exitCode: number | null;
  readonly stderr: string;

  constructor(args: readonly string[], exitCode: number | null, stderr: string, cause?: unknown) {
    super(`git ${args.join(' ')} ended with ${String(exitCode)}: ${stderr.trim()}`, { cause });
    this.name = 'GitFailure';
    this.exitCode = exitCode;
    this.stderr = stderr;
  }
}

export type GitOptions = { readonly input?: Uint8Array; readonly environment?: Readonly<Record<string, string>> };

/** Runs the real git on a bare repository and gives back its standard output. Nothing of the machine's git configuration is read. */
export async function runGit(gitDir: string, args: readonly string[], options: GitOptions = {}): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', ['--git-dir', gitDir, ...args], { env: gitEnvironment(gitDir, options.environment), stdio: 'pipe' });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    child.on('error', (cause) => { reject(new GitFailure(args, null, cause.message, cause)); });
    child.on('close', (exitCode) => {
      if (exitCode === 0) resolve(Buffer.concat(out));
      else reject(new GitFailure(args, exitCode, Buffer.concat(err).toString('utf8')));
    });
    // A git that ends early (bad input) closes its stdin; its exit status tells the story.
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input ?? Buffer.alloc(0));
  });
}

/** As `runGit`, for text answers; without the last line's end. */
export async function gitText(gitDir: string, args: readonly string[], options: GitOptions = {}): Promise<string> {
  return (await runGit(gitDir, args, options)).toString('utf8').replace(/\n$/, '');
}

/** As `gitText`, but null when git fails: for questions whose answer may be no. */
export async function tryGit(gitDir: string, args: readonly string[], options: GitOptions = {}): Promise<string | null> {
  try {
    return await gitText(gitDir, args, options);
  } catch (error) {
    if (error instanceof GitFailure && error.exitCode !== null) return null;
    throw error;
  }
}

/** Nothing of the machine but the path to git itself. */
export function gitEnvironment(gitDir: string, more: Readonly<Record<string, string>> = {}): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '',
    HOME: gitDir,
    LC_ALL: 'C',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    ...more,
  };
}
