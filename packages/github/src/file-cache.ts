import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { AnswerCache } from './answer-cache.ts';

export type FileCacheOptions = {
  /** Made when first written to, for its owner alone. Files in it that are not the cache's are left alone. */
  readonly directory: string;
  /** When the files hold more, those that were not used for longest are dropped. Default 64 MiB. */
  readonly mostBytes?: number;
  /** The machine's clock in epoch milliseconds: it dates what is used, and nothing else follows from it. */
  readonly now: () => number;
};

const answerName = /^[0-9a-f]{64}$/;
/** What a crash left half written. */
const besideName = /^[0-9a-f]{64}\.[0-9a-f]{16}\.new$/;
const defaultMostBytes = 64 * 1024 * 1024;
/** A sweep makes room for more than one answer. */
const roomAfterSweep = 0.8;

/** One file for each answer. A file that cannot be read, and a directory that cannot be written, are an empty cache. */
export function createFileCache({ directory, mostBytes = defaultMostBytes, now }: FileCacheOptions): AnswerCache {
  const writing = new Map<string, Uint8Array>();
  let held: Promise<number> | null = null;
  const makeRoom = (sizeBytes: number): Promise<number> =>
    (held ?? measure(directory)).then((before) => (before + sizeBytes > mostBytes ? sweep(directory, mostBytes) : before + sizeBytes)).catch(() => 0);
  return {
    get: async (name) => writing.get(name) ?? (answerName.test(name) ? readWhole(join(directory, name), { mostBytes, now }).catch(() => null) : null),
    async set(name, sealed) {
      if (!answerName.test(name) || sealed.byteLength > mostBytes) return;
      writing.set(name, sealed);
      try {
        await writeWhole(directory, name, sealed);
        // One after another: two sweeps at once would drop twice as much.
        held = makeRoom(sealed.byteLength);
        await held;
      } catch {
        // A cache that cannot be written is an empty one.
      } finally {
        writing.delete(name);
      }
    },
  };
}

async function readWhole(path: string, { mostBytes, now }: { readonly mostBytes: number; readonly now: () => number }): Promise<Uint8Array | null> {
  // A link could lead to a file that is no answer, a pipe would never end.
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  try {
    const found = await file.stat();
    if (!found.isFile() || found.size > mostBytes) return null;
    const bytes = await file.readFile();
    await utimes(path, now() / 1000, now() / 1000).catch(() => undefined);
    return bytes;
  } finally {
    await file.close();
  }
}

/** Written beside and then renamed, so that nobody reads half an answer. */
async function writeWhole(directory: string, name: string, bytes: Uint8Array): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const beside = join(directory, `${name}.${randomBytes(8).toString('hex')}.new`);
  try {
    const file = await open(beside, 'wx', 0o600);
    try {
      await file.writeFile(bytes);
    } finally {
      await file.close();
    }
    await rename(beside, join(directory, name));
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

type Held = { readonly path: string; readonly sizeBytes: number; readonly usedAt: number };

async function listHeld(directory: string): Promise<readonly Held[]> {
  const names = (await readdir(directory)).filter((name) => answerName.test(name) || besideName.test(name));
  const held = await Promise.all(names.map(async (name): Promise<Held | null> => {
    const path = join(directory, name);
    const found = await stat(path).catch(() => null);
    return found === null ? null : { path, sizeBytes: found.size, usedAt: found.mtimeMs };
  }));
  return held.filter((file) => file !== null);
}

const measure = async (directory: string): Promise<number> => (await listHeld(directory)).reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);

/** Drops the longest unused when there really is too much, for what was written over is counted twice; gives what is left. */
async function sweep(directory: string, mostBytes: number): Promise<number> {
  const held = [...(await listHeld(directory))].sort((one, other) => one.usedAt - other.usedAt);
  let left = held.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const wanted = left > mostBytes ? mostBytes * roomAfterSweep : mostBytes;
  for (const { path, sizeBytes } of held) {
    if (left <= wanted) break;
    await rm(path, { force: true });
    left -= sizeBytes;
  }
  return left;
}
