import { gitText, runGit, tryGit } from './run-git.ts';
import type { TreeEntry } from '../http/present/git-data.ts';

/** Entries of a tree-ish, in git's order; with `recursive` every file and folder below. */
export async function listTree(gitDir: string, treeish: string, recursive: boolean): Promise<readonly TreeEntry[]> {
  const raw = await runGit(gitDir, ['ls-tree', '-z', '-l', ...(recursive ? ['-r', '-t'] : []), treeish]);
  return raw.toString('utf8').split('\0').filter((line) => line !== '').map((line) => {
    const tab = line.indexOf('\t');
    const [mode = '', type = '', sha = '', size = '-'] = line.slice(0, tab).split(/ +/);
    return { path: line.slice(tab + 1), mode, type, sha, sizeBytes: size === '-' ? null : Number(size) };
  });
}

/** The entry at a path of a commit; null when there is none. The root itself is a tree without a name. */
export async function entryAt(gitDir: string, commit: string, path: string): Promise<TreeEntry | null> {
  if (path === '') return { path: '', mode: '040000', type: 'tree', sha: await gitText(gitDir, ['rev-parse', `${commit}^{tree}`]), sizeBytes: null };
  const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
  const treeish = await tryGit(gitDir, ['rev-parse', '--verify', '--quiet', `${commit}:${folder}`]);
  if (treeish === null || (await tryGit(gitDir, ['cat-file', '-t', treeish])) !== 'tree') return null;
  const name = path.slice(folder === '' ? 0 : folder.length + 1);
  return (await listTree(gitDir, treeish, false)).find((entry) => entry.path === name) ?? null;
}

export async function readBlob(gitDir: string, sha: string): Promise<Buffer> {
  return runGit(gitDir, ['cat-file', 'blob', sha]);
}
