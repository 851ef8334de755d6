import type { FactList } from '@sallyport/gates';
import { completeList, partialList } from '@sallyport/gates';
import { gitCommit, gitTree } from './answers/commit.ts';
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
