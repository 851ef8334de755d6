import { createHash } from 'node:crypto';
import { checkpointPath, entryPath } from './entry-path.ts';
import type { LedgerFiles, LedgerStore } from './ledger.ts';

export type MemoryStore = LedgerStore & {
  /** Every file by path, at the last commit. */
  files(): ReadonlyMap<string, Uint8Array>;
  /** Messages of the commits, oldest first. */
  messages(): readonly string[];
};

/** A ledger branch in memory, for tests. `pause` runs inside each call, before it takes effect, so that writers can meet. */
export function createMemoryStore(pause: () => Promise<void> = async () => {}): MemoryStore {
  let commit: string | null = null;
  let files: ReadonlyMap<string, Uint8Array> = new Map();
  const messages: string[] = [];

  return {
    files: () => files,
    messages: () => messages,
    async read() {
      await pause();
      return readFiles(commit, files);
    },
    async write(parent, added, message) {
      await pause();
      if (parent !== commit) return 'conflict';
      files = new Map([...files, ...[...added].map(([path, bytes]): [string, Uint8Array] => [path, Uint8Array.from(bytes)])]);
      messages.push(message);
      commit = createHash('sha1').update(`${commit}\n${messages.length}\n${message}`).digest('hex');
      return 'written';
    },
  };
}

function readFiles(commit: string | null, files: ReadonlyMap<string, Uint8Array>): LedgerFiles {
  const entries: Uint8Array[] = [];
  for (let bytes = files.get(entryPath(0)); bytes !== undefined; bytes = files.get(entryPath(entries.length))) entries.push(bytes);
  const checkpoint = files.get(checkpointPath);
  return { commit, checkpoint: checkpoint === undefined ? null : Buffer.from(checkpoint).toString('utf8'), entries };
}
