import { lstat, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { InputError } from '../input-error.ts';
import { unpinned } from './draft-workflows.ts';
import type { Draft } from './draft-workflows.ts';
import { pinOf, repin } from './pins.ts';

export type Compared = Draft & {
  /** What is there now; null: nothing. */
  readonly now: string | null;
  readonly state: 'new' | 'same' | 'differs';
};

/** Each draft beside what the folder holds; one that names no commit of Sallyport takes the one that is there. Throws InputError where a link or a folder is in its place: what a link leads to may lie anywhere. */
export function compareFiles(root: string, drafts: readonly Draft[]): Promise<readonly Compared[]> {
  return Promise.all(
    drafts.map(async (draft) => {
      const now = await readPlainFile(root, draft.path);
      const pin = now === null || !draft.text.includes(unpinned) ? null : pinOf(now);
      const text = pin === null ? draft.text : repin(draft.text, pin);
      return { path: draft.path, text, now, state: now === null ? 'new' : now === text ? 'same' : 'differs' };
    }),
  );
}

async function readPlainFile(root: string, path: string): Promise<string | null> {
  for (const part of parentsOf(path)) await requireKind(root, part, 'folder');
  return (await requireKind(root, path, 'file')) ? readFile(join(root, path), 'utf8') : null;
}

/** `.github`, `.github/workflows` for `.github/workflows/ci.yml`. */
const parentsOf = (path: string): readonly string[] => path.split('/').slice(0, -1).map((_part, index, parts) => parts.slice(0, index + 1).join('/'));

/** Whether it is there. */
async function requireKind(root: string, path: string, kind: 'file' | 'folder'): Promise<boolean> {
  const found = await lstat(join(root, path)).catch(() => null);
  if (found === null) return false;
  if (kind === 'file' ? found.isFile() : found.isDirectory()) return true;
  throw new InputError(`${path} is ${found.isSymbolicLink() ? 'a link' : `no ${kind}`}, so nothing is written there.`, { next: 'Move it away and run this again.' });
}

export async function writeDraft(root: string, { path, text }: Draft): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
}
