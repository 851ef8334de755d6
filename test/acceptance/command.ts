import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The bundled command as people get it. */
export const commandPath = join(import.meta.dirname, '../../packages/cli/dist/sallyport.mjs');

if (!existsSync(commandPath)) throw new Error('The command is not bundled. Run `npm test`, or `npm run setup` once before vitest.');

type Ended = { readonly status: number | null; readonly stdout: string; readonly stderr: string };

/** Runs it to its end with nothing of this process's environment but PATH and HOME. */
export function runCommand(args: readonly string[], options: { readonly cwd: string; readonly input?: string; readonly env?: Readonly<Record<string, string>>; /** Default: the one that runs this. */ readonly node?: string }): Ended {
  const { status, stdout, stderr } = spawnSync(options.node ?? process.execPath, [commandPath, ...args], {
    cwd: options.cwd,
    encoding: 'utf8',
    input: options.input ?? '',
    maxBuffer: 256 * 1024 * 1024,
    timeout: 200_000,
    env: { PATH: process.env['PATH'] ?? '', HOME: options.cwd, ...options.env },
  });
  return { status, stdout, stderr };
}

export type Running = {
  /** Resolves with the match once it has said this on standard error; throws when it ends before. */
  said(pattern: RegExp): Promise<RegExpExecArray>;
  /** As Ctrl-C does; gives how it ended. */
  interrupt(): Promise<Ended>;
};

/** As runCommand, but does not wait for its end. */
export function startCommand(args: readonly string[], options: { readonly cwd: string; readonly env?: Readonly<Record<string, string>> }): Running {
  const child = spawn(process.execPath, [commandPath, ...args], { cwd: options.cwd, stdio: ['ignore', 'pipe', 'pipe'], env: { PATH: process.env['PATH'] ?? '', HOME: options.cwd, ...options.env } });
  const printed = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => void (printed.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => void (printed.stderr += text));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, ...printed }));
  });
  return {
    said: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = pattern.exec(printed.stderr);
          if (found !== null) resolve(found);
        };
        child.stderr.on('data', look);
        void ended.then(({ stderr }) => reject(new Error(`It ended without saying ${String(pattern)}: ${stderr}`)), reject);
        look();
      }),
    interrupt: () => {
      child.kill('SIGINT');
      return ended;
    },
  };
}
