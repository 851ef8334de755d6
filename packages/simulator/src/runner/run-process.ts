import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export type ProcessEnd = { readonly kind: 'exited'; readonly code: number } | { readonly kind: 'aborted' } | { readonly kind: 'timed-out' } | { readonly kind: 'not-started'; readonly message: string };

export type ProcessRequest = {
  readonly command: string;
  readonly args: readonly string[];
  readonly directory: string;
  /** The whole environment: nothing of this process's own is added. */
  readonly environment: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly timeoutMilliseconds: number;
  readonly line: (text: string) => void;
  /** Told of a process group that outlives its leader, so that the job's end can end it. */
  readonly leftBehind: (group: number) => void;
};

/** How long output may still arrive after a process ended while something it started keeps the pipes open. */
const drainMilliseconds = 200;

/**
 * Runs a process in its own group. Abort and time-out end the whole group; what a process leaves running in the background
 * lives on until the job ends, as on a real runner.
 */
export async function runProcess(request: ProcessRequest): Promise<ProcessEnd> {
  if (request.signal.aborted) return { kind: 'aborted' };
  return new Promise((resolve) => {
    const child = spawn(request.command, [...request.args], { cwd: request.directory, env: { ...request.environment }, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    let stopped: ProcessEnd | null = null;
    const stop = (end: ProcessEnd) => () => {
      stopped ??= end;
      if (child.pid !== undefined) endGroup(child.pid);
    };
    const abort = stop({ kind: 'aborted' });
    const timer = setTimeout(stop({ kind: 'timed-out' }), request.timeoutMilliseconds);
    request.signal.addEventListener('abort', abort, { once: true });
    const finish = (end: ProcessEnd): void => {
      clearTimeout(timer);
      request.signal.removeEventListener('abort', abort);
      resolve(stopped ?? end);
    };
    for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream, crlfDelay: Infinity }).on('line', request.line);
    child.on('error', (error) => { finish({ kind: 'not-started', message: error.message }); });
    child.on('exit', (code) => {
      if (child.pid === undefined || !groupLives(child.pid)) return;
      request.leftBehind(child.pid);
      setTimeout(() => {
        child.stdout.destroy();
        child.stderr.destroy();
        finish({ kind: 'exited', code: code ?? 1 });
      }, drainMilliseconds);
    });
    child.on('close', (code) => { finish({ kind: 'exited', code: code ?? 1 }); });
  });
}

/** Ends every process of a group; a group that is gone already is fine. */
export function endGroup(group: number): void {
  signalGroup(group, 'SIGKILL');
}

const groupLives = (group: number): boolean => signalGroup(group, 0);

function signalGroup(group: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-group, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}
