import { posix } from 'node:path';
import { known, unknown } from '@sallyport/gates';
import type { Fact } from '@sallyport/gates';
import type { TreeEntry } from './read-tree.ts';

/**
 * Where a symlink leads: a path in the repository (the empty path is all of it), or null when it leaves it. What leads through another
 * symlink is unknown rather than followed: that one may change as well.
 */
export function followLink(path: string, content: Uint8Array, entries: ReadonlyMap<string, Pick<TreeEntry, 'mode'>>): Fact<string | null> {
  const text = decode(content);
  if (text === null || text === '' || text.includes('\0')) return unknown(`the symlink ${path} holds no path that can be read`);
  if (text.startsWith('/')) return known(null);
  const target = posix.normalize(posix.join(posix.dirname(path), text)).replace(/\/+$/, '');
  if (target === '..' || target.startsWith('../')) return known(null);
  const through = stepsOf(path, text).find((step) => entries.get(step)?.mode === '120000');
  return through === undefined ? known(target === '.' ? '' : target) : unknown(`the symlink ${path} leads through the symlink ${through}`);
}

/** Every path that is walked through, `..` taken as the folder above. */
function stepsOf(path: string, text: string): readonly string[] {
  const parts = text.split('/').filter((part) => part !== '' && part !== '.');
  const folder = posix.dirname(path);
  return parts.map((_, index) => posix.normalize(posix.join(folder, ...parts.slice(0, index + 1))));
}

function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
