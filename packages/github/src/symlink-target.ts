import { posix } from 'node:path';
import { known, unknown } from '@sallyport/gates';
import type { Fact } from '@sallyport/gates';
import type { Tree } from './read-tree.ts';

/**
 * Where a symlink leads: a path in the repository (the empty path is all of it), or null when it leaves it. What leads through another
 * symlink is unknown rather than followed: that one may change as well.
 */
export async function followLink(path: string, content: Uint8Array, at: Tree['at']): Promise<Fact<string | null>> {
  const text = linkText(content);
  if (text === null) return unknown(`the symlink ${path} holds no path that can be read`);
  if (text.startsWith('/')) return known(null);
  const target = posix.normalize(posix.join(posix.dirname(path), text)).replace(/\/+$/, '');
  if (target === '..' || target.startsWith('../')) return known(null);
  const steps = await Promise.all(stepsOf(path, text).map(async (step) => ({ step, entry: await at(step) })));
  const through = steps.find(({ entry }) => 'known' in entry && entry.known?.mode === '120000');
  if (through !== undefined) return unknown(`the symlink ${path} leads through the symlink ${through.step}`);
  const unread = steps.flatMap(({ entry }) => ('unknown' in entry ? [entry.unknown] : []))[0];
  return unread === undefined ? known(target === '.' ? '' : target) : unknown(`where the symlink ${path} leads is not known: ${unread}`);
}

/** Every path that is walked through, `..` taken as the folder above. */
function stepsOf(path: string, text: string): readonly string[] {
  const parts = text.split('/').filter((part) => part !== '' && part !== '.');
  const folder = posix.dirname(path);
  return parts.map((_, index) => posix.normalize(posix.join(folder, ...parts.slice(0, index + 1))));
}

/** What a symlink holds; null for what no path can be. */
export function linkText(content: Uint8Array): string | null {
  const text = decode(content);
  return text === null || text === '' || text.includes('\0') ? null : text;
}

function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
