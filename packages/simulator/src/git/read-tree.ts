import type { TreeEntry } from '../http/present/git-data.ts';
import { peel } from './objects.ts';
import type { ObjectStore } from './object-store.ts';
import { GitFailure } from './run-git.ts';

/** Entries of a tree, in git's order; with `recursive` every file and folder below. Throws GitFailure when it is no tree. */
export async function listTree(objects: ObjectStore, tree: string, recursive: boolean): Promise<readonly TreeEntry[]> {
  const listed: TreeEntry[] = [];
  for (const entry of await Promise.all((await readTree(objects, tree)).map((found) => measured(objects, found)))) {
    listed.push(entry);
    if (!recursive || entry.type !== 'tree') continue;
    for (const below of await listTree(objects, entry.sha, true)) listed.push({ ...below, path: `${entry.path}/${below.path}` });
  }
  return listed;
}

/** Files of one folder of a commit or tree, in git's order; empty when there is no such folder, null when there is no such tree. */
export async function listFolder(objects: ObjectStore, treeish: string, folder: string): Promise<readonly TreeEntry[] | null> {
  if ((await peel(objects, treeish, 'tree')) === null) return null;
  const tree = await folderAt(objects, treeish, folder);
  return tree === null ? [] : (await readTree(objects, tree)).map((entry) => ({ ...entry, path: `${folder}/${entry.path}` }));
}

/** The entry at a path of a commit; null when there is none. The root itself is a tree without a name. */
export async function entryAt(objects: ObjectStore, commit: string, path: string): Promise<TreeEntry | null> {
  const at = path.lastIndexOf('/');
  const tree = await folderAt(objects, commit, path.slice(0, Math.max(at, 0)));
  if (tree === null) return null;
  if (path === '') return { path: '', mode: '040000', type: 'tree', sha: tree, sizeBytes: null };
  const found = (await readTree(objects, tree)).find((entry) => entry.path === path.slice(at + 1));
  return found === undefined ? null : measured(objects, found);
}

async function folderAt(objects: ObjectStore, treeish: string, folder: string): Promise<string | null> {
  let tree = await peel(objects, treeish, 'tree');
  for (const name of folder === '' ? [] : folder.split('/')) {
    if (tree === null) return null;
    tree = (await readTree(objects, tree)).find((entry) => entry.path === name && entry.type === 'tree')?.sha ?? null;
  }
  return tree;
}

export async function readBlob(objects: ObjectStore, sha: string): Promise<Buffer> {
  return (await readOf(objects, sha, 'blob')).bytes;
}

async function readOf(objects: ObjectStore, sha: string, type: 'blob' | 'tree'): Promise<{ readonly bytes: Buffer }> {
  const object = await objects.read(sha);
  if (object?.type !== type) throw new GitFailure(['cat-file', type, sha], null, object === null ? 'there is no such object' : `it is a ${object.type}`);
  return object;
}

async function measured(objects: ObjectStore, entry: TreeEntry): Promise<TreeEntry> {
  return entry.type === 'blob' ? { ...entry, sizeBytes: (await objects.header(entry.sha))?.sizeBytes ?? null } : entry;
}

const shaBytes = 20;

/** A tree object: for each entry `<mode> <name>`, a zero byte and the twenty bytes of its SHA. */
async function readTree(objects: ObjectStore, sha: string): Promise<readonly TreeEntry[]> {
  const { bytes } = await readOf(objects, sha, 'tree');
  const entries: TreeEntry[] = [];
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(' ', at);
    const end = bytes.indexOf(0, space);
    const mode = bytes.toString('latin1', at, space).padStart(6, '0');
    entries.push({ path: bytes.toString('utf8', space + 1, end), mode, type: typeOf(mode), sha: bytes.toString('hex', end + 1, end + 1 + shaBytes), sizeBytes: null });
    at = end + 1 + shaBytes;
  }
  return entries;
}

function typeOf(mode: string): 'tree' | 'commit' | 'blob' {
  if (mode === '040000') return 'tree';
  return mode === '160000' ? 'commit' : 'blob';
}
