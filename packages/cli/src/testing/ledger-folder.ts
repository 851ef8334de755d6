import { checkpointPath, entryPath } from '@sallyport/ledger';
import type { AppendContext } from '@sallyport/ledger';
import { temporaryFolder } from './temporary-folder.ts';

/** A ledger as it lies in a checked-out copy of its branch, and the arguments to read it by. */
export async function checkOut({ store, origin, keys }: Pick<AppendContext, 'store' | 'origin' | 'keys'>) {
  const { checkpoint, entries } = await store.read();
  const folder = await temporaryFolder({ [checkpointPath]: checkpoint ?? '', ...Object.fromEntries(entries.map((bytes, index) => [entryPath(index), bytes])) });
  const trust = ['--key', keys[0] ?? ''];
  return { folder, checkpoint: checkpoint ?? '', entries, trust, argv: ['--directory', folder.path, '--origin', origin, ...trust] };
}
