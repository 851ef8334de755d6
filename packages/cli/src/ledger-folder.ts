import { readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { checkpointPath, entryPath } from '@sallyport/ledger';
import type { LedgerFiles } from '@sallyport/ledger';

/** Reads a checked-out copy of the ledger branch. Entries are read in index order up to the first that is missing; verification finds the gap. */
export async function readLedgerFolder(folder: string): Promise<LedgerFiles> {
  if (!(await stat(folder)).isDirectory()) throw new Error(`${folder} is not a folder.`);
  const checkpoint = await readFile(join(folder, checkpointPath), 'utf8').catch(() => null);
  const entries: Uint8Array[] = [];
  const known = new Set(await readdir(join(folder, 'entries'), { recursive: true }).catch(() => []));
  for (let index = 0; known.has(entryPath(index).replace(/^entries\//, '')); index += 1) entries.push(await readFile(join(folder, entryPath(index))));
  return { commit: null, checkpoint, entries };
}
