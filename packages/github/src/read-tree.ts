import { completeList, known, partialList, unknown } from '@sallyport/gates';
import type { Fact, FactList } from '@sallyport/gates';
import { gitCommit, gitTree } from './answers/commit.ts';
import { remember } from './remember.ts';
import { of } from './repository.ts';
import type { Place } from './repository.ts';

/** The tree of a commit: what it contains, whoever made it and whenever. */
export async function readTree(place: Place, commit: string): Promise<string> {
  const { data } = await place.client.ask({ route: 'GET /repos/{owner}/{repo}/git/commits/{commit_sha}', parameters: { ...of(place), commit_sha: commit }, shape: gitCommit, why: 'to read what it contains' });
  return data.tree.sha;
}

export type TreeEntry = { readonly path: string; readonly mode: string; readonly sha: string };

/** Everything in a tree but its folders. GitHub cuts off beyond 100,000 entries or 7 MB, and says so. */
export async function readFiles(place: Place, tree: string): Promise<FactList<TreeEntry>> {
  const { data } = await place.client.ask({ route: 'GET /repos/{owner}/{repo}/git/trees/{tree_sha}', parameters: { ...of(place), tree_sha: tree, recursive: '1' }, shape: gitTree, why: 'to read what kinds of files it holds' });
  const entries = data.tree.filter(({ type }) => type !== 'tree').map(({ path, mode, sha }) => ({ path, mode, sha }));
  return data.truncated ? partialList(entries, `GitHub cuts the list of the files of tree ${tree} off`) : completeList(entries);
}

export type Tree = {
  readonly files: FactList<TreeEntry>;
  /** What is at a path; null for nothing and for a folder. */
  readonly at: (path: string) => Promise<Fact<TreeEntry | null>>;
};

/**
 * A tree by path. Where GitHub cuts its list off, the folders that lead to a path are read one below the other, each once,
 * so that a repository too large for one answer can still be judged by the files that a change names.
 */
export async function readTreeByPath(place: Place, tree: string): Promise<Tree> {
  const files = await readFiles(place, tree);
  const listed = new Map(files.items.map((entry) => [entry.path, entry]));
  const walk = files.complete ? () => Promise.resolve(known(null)) : walkFolders(place, tree);
  const at: Tree['at'] = (path) => {
    const entry = listed.get(path);
    return entry === undefined ? walk(path) : Promise.resolve(known(entry));
  };
  return { files, at };
}

/** Each folder costs a question. */
const mostFolders = 60;

type FolderEntry = { readonly type: string; readonly mode: string; readonly sha: string };
type Folder = Fact<ReadonlyMap<string, FolderEntry>>;

function walkFolders(place: Place, tree: string): Tree['at'] {
  let read = 0;
  const readFolder = remember(async (sha): Promise<Folder> => {
    if (read >= mostFolders) return unknown(`GitHub cuts the list of the files of tree ${tree} off, and only ${mostFolders} of its folders are read one by one`);
    read += 1;
    const { data } = await place.client.ask({ route: 'GET /repos/{owner}/{repo}/git/trees/{tree_sha}', parameters: { ...of(place), tree_sha: sha }, shape: gitTree, why: 'to read what kinds of files a folder holds' });
    return data.truncated ? unknown(`GitHub cuts the list of the folder ${sha} off`) : known(new Map(data.tree.map(({ path, ...entry }) => [path, entry])));
  });
  const find = async (path: string, folder: string, [name = '', ...rest]: readonly string[]): Promise<Fact<TreeEntry | null>> => {
    const entries = await readFolder(folder);
    if ('unknown' in entries) return entries;
    const entry = entries.known.get(name);
    if (entry?.type === 'tree') return rest.length === 0 ? known(null) : find(path, entry.sha, rest);
    return known(entry === undefined || rest.length > 0 ? null : { path, mode: entry.mode, sha: entry.sha });
  };
  return (path) => find(path, tree, path.split('/'));
}
