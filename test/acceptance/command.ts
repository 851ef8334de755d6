import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The bundled command as people get it. */
export const commandPath = join(import.meta.dirname, '../../packages/cli/dist/sallyport.mjs');

if (!existsSync(commandPath)) throw new Error('The command is not bundled. Run `npm test`, or `npm run setup` once before vitest.');

type Ended = { readonly status: number | null; readonly stdout: string; readonly stderr: string };

/** Runs it to its end with nothing of this process's environment but PATH and HOME. */
export function runCommand(args: readonly string[], options: { readonly cwd: string; readonly input?: string; readonly env?: Readonly<Record<string, string>> }): Ended {
  const { status, stdout, stderr } = spawnSync(process.execPath, [commandPath, ...args], {
    cwd: options.cwd,
    encoding: 'utf8',
    input: options.input ?? '',
    maxBuffer: 256 * 1024 * 1024,
    timeout: 200_000,
    env: { PATH: process.env['PATH'] ?? '', HOME: options.cwd, ...options.env },
  });
  return { status, stdout, stderr };
}
