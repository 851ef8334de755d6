import { existsSync } from 'node:fs';
import { mkdir, open, readFile, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Refs as files, one each, read and moved without a git process. Nothing of this holds once refs were packed: then git has to be asked. */
export const hasPackedRefs = (gitDir: string): boolean => existsSync(join(gitDir, 'packed-refs'));

/** Every ref with what it points at, sorted by name as git sorts; null when git has to be asked. */
export async function readLooseRefs(gitDir: string): Promise<readonly { readonly ref: string; readonly sha: string }[] | null> {
  if (hasPackedRefs(gitDir)) return null;
  const found: { readonly ref: string; readonly sha: string }[] = [];
  for (const entry of await readdir(join(gitDir, 'refs'), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || entry.name.endsWith('.lock')) continue;
    const path = join(entry.parentPath, entry.name);
    const sha = await readShaAt(path);
    if (sha === null) continue;
    found.push({ ref: path.slice(gitDir.length + 1), sha });
  }
  return hasPackedRefs(gitDir) ? null : found.sort((one, other) => (one.ref < other.ref ? -1 : 1));
}

/** Moves a ref from `before` (null: it is not there) to `after`, which is an object that may stand there. null: git has to do it, and say why not. */
export async function moveLooseRef(gitDir: string, ref: string, before: string | null, after: string): Promise<'moved' | 'elsewhere' | null> {
  if (hasPackedRefs(gitDir)) return null;
  const path = join(gitDir, ref);
  const lock = `${path}.lock`;
  try {
    await mkdir(dirname(path), { recursive: true });
    const handle = await open(lock, 'wx');
    try {
      await handle.writeFile(`${after}\n`);
    } finally {
      await handle.close();
    }
  } catch {
    return null;
  }
  try {
    if ((await readShaAt(path)) !== before) return 'elsewhere';
    await rename(lock, path);
    return 'moved';
  } catch {
    return null;
  } finally {
    await rm(lock, { force: true });
  }
}

async function readShaAt(path: string): Promise<string | null> {
  const text = await readFile(path, 'utf8').catch(() => '');
  return /^[0-9a-f]{40}$/.test(text.trim()) ? text.trim() : null;
}
