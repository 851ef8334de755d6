import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { InputError } from './input-error.ts';
import type { Io } from './io.ts';
import { plain } from './render/plain.ts';

/** Writes a document to the file of `--out`, over what was there, or to standard output. Throws InputError when the file cannot be written. */
export async function writeOutput(io: Pick<Io, 'cwd' | 'stdout' | 'stderr'>, text: string, out: string | undefined): Promise<void> {
  if (out === undefined) return io.stdout(text);
  await writeFile(resolve(io.cwd, out), text).catch((cause: unknown) => {
    throw new InputError(`${plain(out)} cannot be written: ${cause instanceof Error ? plain(cause.message) : 'for an unknown reason'}.`, { cause, next: 'Give a file in a folder that exists and that you may write to.' });
  });
  io.stderr(`Written to ${plain(out)} (${Buffer.byteLength(text)} bytes).\n`);
}
