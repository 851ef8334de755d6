import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { gitText, runGit } from './run-git.ts';

export type NewFile = string | { readonly mode: '100644' | '100755'; readonly text: string };

/** One entry of an index: a null SHA removes the path. */
export type IndexEntry = { readonly path: string; readonly mode: string; readonly sha: string | null };

export async function writeBlob(gitDir: string, bytes: Uint8Array): Promise<string> {
  return gitText(gitDir, ['hash-object', '-w', '--stdin'], { input: bytes });
}

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

/** Writes a commit; `identity` is the environment of `gitIdentity`. */
export async function writeCommit(gitDir: string, commit: { readonly tree: string; readonly parents: readonly string[]; readonly message: string; readonly identity: Readonly<Record<string, string>> }): Promise<string> {
  const parents = commit.parents.flatMap((parent) => ['-p', parent]);
  return gitText(gitDir, ['commit-tree', commit.tree, ...parents], { input: Buffer.from(commit.message), environment: commit.identity });
}
