import { writeLooseObject } from './loose-objects.ts';
import type { ObjectStore } from './object-store.ts';
import type { IndexEntry } from './write-objects.ts';

type Line = { readonly mode: string; readonly name: string; readonly sha: string };
type Folder = { readonly files: Map<string, Line>; readonly below: Map<string, IndexEntry[]> };

const isPlainFile = (mode: string): boolean => mode === '100644' || mode === '100755' || mode === '120000';
const isPlainPath = (path: string): boolean => path.split('/').every((part) => part !== '' && part !== '.' && part !== '..' && part.toLowerCase() !== '.git');

/**
 * The tree `base` (null: none) with files laid over it, written without a git process. null where that is not plain: something is
 * taken away, is no file, is not here, or stands where a folder is; then git itself has to say.
 */
export async function growTree(objects: ObjectStore, base: string | null, entries: readonly IndexEntry[]): Promise<string | null> {
  const plain = entries.length > 0 && entries.every(({ path, mode, sha }) => sha !== null && isPlainFile(mode) && isPlainPath(path));
  if (!plain) return null;
  for (const { sha } of entries) if ((await objects.header(sha ?? ''))?.type !== 'blob') return null;
  return grow(objects, base, entries);
}

async function grow(objects: ObjectStore, base: string | null, entries: readonly IndexEntry[]): Promise<string | null> {
  const lines = base === null ? new Map<string, Line>() : await readLines(objects, base);
  if (lines === null) return null;
  const { files, below } = sortOut(entries);
  for (const [name, line] of files) {
    if (below.has(name) || isFolder(lines.get(name))) return null;
    lines.set(name, line);
  }
  for (const [name, inside] of below) {
    const there = lines.get(name);
    if (there !== undefined && !isFolder(there)) return null;
    const sha = await grow(objects, there?.sha ?? null, inside);
    if (sha === null) return null;
    lines.set(name, { mode: '40000', name, sha });
  }
  return writeLooseObject(objects.gitDir, 'tree', render([...lines.values()]));
}

const isFolder = (line: Line | undefined): boolean => line?.mode === '40000';

function sortOut(entries: readonly IndexEntry[]): Folder {
  const files = new Map<string, Line>();
  const below = new Map<string, IndexEntry[]>();
  for (const { path, mode, sha } of entries) {
    const at = path.indexOf('/');
    if (at === -1) files.set(path, { mode, name: path, sha: sha ?? '' });
    else below.set(path.slice(0, at), [...(below.get(path.slice(0, at)) ?? []), { path: path.slice(at + 1), mode, sha }]);
  }
  return { files, below };
}

async function readLines(objects: ObjectStore, tree: string): Promise<Map<string, Line> | null> {
  const object = await objects.read(tree);
  if (object?.type !== 'tree') return null;
  const lines = new Map<string, Line>();
  for (let at = 0; at < object.bytes.length; ) {
    const end = object.bytes.indexOf(0, at);
    const [mode = '', ...name] = object.bytes.toString('utf8', at, end).split(' ');
    const line = { mode, name: name.join(' '), sha: object.bytes.toString('hex', end + 1, end + 21) };
    // A name that is no UTF-8 would not come back the same.
    if (Buffer.byteLength(`${mode} ${line.name}`) !== end - at) return null;
    lines.set(line.name, line);
    at = end + 21;
  }
  return lines;
}

/** Git sorts by bytes, folders as if their names ended in a slash. */
function render(lines: readonly Line[]): Buffer {
  const keyed = lines.map((line) => ({ line, key: Buffer.from(isFolder(line) ? `${line.name}/` : line.name) }));
  return Buffer.concat(keyed.sort((one, other) => Buffer.compare(one.key, other.key)).flatMap(({ line: { mode, name, sha } }) => [Buffer.from(`${mode} ${name}\0`), Buffer.from(sha, 'hex')]));
}
