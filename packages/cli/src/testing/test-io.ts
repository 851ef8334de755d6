import picocolors from 'picocolors';
import type { Io } from '../io.ts';

export type TestIo = Io & { readonly out: () => string; readonly err: () => string };

/** An Io that keeps what is printed. No terminal, no colours, an environment of its own; Wednesday 2 December 2026, 18:00 UTC. */
export function testIo(changes: Partial<Io> & { readonly stdin?: string } = {}): TestIo {
  const out: string[] = [];
  const err: string[] = [];
  return {
    stdout: (text) => void out.push(text),
    stderr: (text) => void err.push(text),
    readStdin: async () => Buffer.from(changes.stdin ?? ''),
    env: {},
    cwd: '/',
    now: () => Date.parse('2026-12-02T18:00:00Z'),
    zone: 'UTC',
    tzdata: '2026b',
    random: () => 0,
    colors: picocolors.createColors(false),
    isTerminal: false,
    columns: 80,
    ask: async () => '',
    listenForInterrupt: () => ({ signal: new AbortController().signal, stop: () => undefined }),
    waitUnitMilliseconds: 1,
    demoFolder: '/nowhere',
    version: '1.2.3',
    ...changes,
    out: () => out.join(''),
    err: () => err.join(''),
  };
}
