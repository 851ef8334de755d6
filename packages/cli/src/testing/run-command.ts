import type { Io } from '../io.ts';
import { runProgram } from '../run-program.ts';
import { testIo } from './test-io.ts';

/** Runs one command line on a test machine, and gives what it printed and its exit code. */
export async function runCommand(argv: readonly string[], changes: Partial<Io> & { readonly stdin?: string } = {}) {
  const io = testIo(changes);
  const exitCode = await runProgram(argv, io);
  return { exitCode, out: io.out(), err: io.err() };
}
