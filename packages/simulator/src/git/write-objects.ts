import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeLooseObject } from './loose-objects.ts';
import { gitText, runGit } from './run-git.ts';

export type NewFile = string | { readonly mode: '100644' | '100755'; readonly text: string };

/** One entry of an index: a null SHA removes the path. */
export type IndexEntry = { readonly path: string; readonly mode: string; readonly sha: string | null };

export const writeBlob = (gitDir: string, bytes: Uint8Array): Promise<string> => writeLooseObject(gitDir, 'blob', bytes);

/** Writes a tree: `base` (a tree, or null for none) with `entries` laid over it. `scratch` names the index file, unique to the call. */
export async function writeTree(gitDir: string, base: string | null, entries: readonly IndexEntry[], scratch: string): Promise<string> {
  const index = join(gitDir, `index-${scratch}`);
  const environment = { GIT_INDEX_FILE: index };
  try {
    await runGit(gitDir, base === null ? ['read-tree', '--empty'] : ['read-tree', base], { environment });
    const lines = entries.map((entry) => (entry.sha === null ? `0 ${'0'.repeat(40)}\t${entry.path}\0` : `${entry.mode} ${entry.sha}\t${entry.path}\0`));
    await runGit(gitDir, ['update-index', '-z', '--add', '--index-info'], { environment, input: Buffer.from(lines.join('')) });
    return await gitText(gitDir, ['write-tree'], { environment });
  } finally {
    await rm(index, { force: true });
  }
}

/** Writes the files' blobs and gives their index entries. */
export async function writeFiles(gitDir: string, files: Readonly<Record<string, NewFile>>): Promise<readonly IndexEntry[]> {
  const entries: IndexEntry[] = [];
  for (const [path, file] of Object.entries(files)) {
    const { mode, text } = typeof file === 'string' ? { mode: '100644', text: file } : file;
    entries.push({ path, mode, sha: await writeBlob(gitDir, Buffer.from(text)) });
  }
  return entries;
}

type NewCommit = { readonly tree: string; readonly parents: readonly string[]; readonly message: string; readonly identity: Readonly<Record<string, string>> };

/** Writes a commit; `identity` is the environment of `gitIdentity`. */
export async function writeCommit(gitDir: string, commit: NewCommit): Promise<string> {
  const plain = renderCommit(commit);
  if (plain !== null) return writeLooseObject(gitDir, 'commit', Buffer.from(plain));
  const parents = commit.parents.flatMap((parent) => ['-p', parent]);
  return gitText(gitDir, ['commit-tree', commit.tree, ...parents], { input: Buffer.from(commit.message), environment: commit.identity });
}

/** What `git commit-tree` would write, which saves a process; null where git would change something about it, or refuse it. */
function renderCommit({ tree, parents, message, identity }: NewCommit): string | null {
  const [author, committer] = [renderPerson(identity, 'AUTHOR'), renderPerson(identity, 'COMMITTER')];
  if (author === null || committer === null || new Set(parents).size !== parents.length || message.includes('\0') || /[\ud800-\udfff]/.test(message)) return null;
  return [`tree ${tree}`, ...parents.map((parent) => `parent ${parent}`), `author ${author}`, `committer ${committer}`, '', message].join('\n');
}

function renderPerson(identity: Readonly<Record<string, string>>, role: 'AUTHOR' | 'COMMITTER'): string | null {
  const [name = '', email = '', date = ''] = ['NAME', 'EMAIL', 'DATE'].map((part) => identity[`GIT_${role}_${part}`]);
  const plain = /^[A-Za-z0-9][A-Za-z0-9 _[\]-]*$/.test(name) && !name.endsWith(' ') && /^[A-Za-z0-9+@._[\]-]*[A-Za-z0-9]$/.test(email) && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(date);
  return plain ? `${name} <${email}> ${String(Math.floor(Date.parse(date) / 1000))} +0000` : null;
}
