import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { InputError } from './input-error.ts';
import type { Io } from './io.ts';

/** Facts of the largest pull request GitHub shows (3,000 files, 250 commits) are below 4 MB. */
const maximumBytes = 32 * 1024 * 1024;

/** Text of a file, `-` for standard input. `what` names it in messages. Throws InputError when it is missing, a folder, too large, empty or not UTF-8. */
export async function readTextFile(io: Pick<Io, 'cwd' | 'readStdin'>, path: string, what: string): Promise<string> {
  const name = nameOf(path);
  const text = decodeUtf8(await readFileBytes(io, path, what));
  if (text === null) throw new InputError(`The ${what} ${name} is not text in UTF-8.`, { next: 'Save it as UTF-8.' });
  if (text.trim() === '') throw new InputError(`The ${what} ${name} is empty.`, { next: 'Nothing is decided from nothing: check how the file was written.' });
  return text;
}

const nameOf = (path: string): string => (path === '-' ? 'standard input' : path);

/** The bytes of a file, `-` for standard input. Throws InputError when it is missing, a folder or too large. */
export async function readFileBytes(io: Pick<Io, 'cwd' | 'readStdin'>, path: string, what: string): Promise<Uint8Array> {
  const bytes = path === '-' ? await io.readStdin() : await readBytes(resolve(io.cwd, path), nameOf(path), what);
  if (bytes.byteLength > maximumBytes) throw tooLarge(nameOf(path), what, bytes.byteLength);
  return bytes;
}

async function readBytes(path: string, name: string, what: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(path);
    if (size > maximumBytes) throw tooLarge(name, what, size);
    return await readFile(path);
  } catch (cause) {
    if (cause instanceof InputError) throw cause;
    throw new InputError(`The ${what} ${name} cannot be read: ${reasonOf(cause)}.`, { cause, next: 'Check the path; relative paths start at the current folder.' });
  }
}

const reasons = new Map([['ENOENT', 'there is no such file'], ['EISDIR', 'it is a folder'], ['EACCES', 'permission is denied'], ['ENOTDIR', 'a part of its path is not a folder']]);

const reasonOf = (cause: unknown): string => reasons.get((cause as NodeJS.ErrnoException).code ?? '') ?? (cause instanceof Error ? cause.message : 'for an unknown reason');

const tooLarge = (name: string, what: string, bytes: number): InputError => new InputError(`The ${what} ${name} has ${bytes} bytes; at most ${maximumBytes} are read.`);

function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
