import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Git } from './git.ts';

export type ReleaseCommit = { readonly commit: string; readonly tree: string; /** The annotated tag `v<version>` on it. */ readonly tagObject: string };

/** Who commits and tags, on every machine: with the date of the commit that is released, the same release has the same id everywhere. */
const releaser = { name: 'sallyport-release', email: 'sallyport-release@users.noreply.github.com' };

/** From the top of the repository: what `uses: …/packages/actions/<name>@v1` runs. */
export const bundlesFolder = 'packages/actions/dist';

/** The bundles in the order of their names. Types that a compiler left beside them are none. */
export const bundleFiles = (root: string): readonly string[] => readdirSync(join(root, bundlesFolder)).filter((name) => /\.(mjs|txt)$/.test(name)).sort().map((name) => `${bundlesFolder}/${name}`);

/**
 * Commits what is checked out together with the bundles, which are not committed otherwise, on top of `source` and on no branch, and tags it.
 * All of that is in this clone only.
 */
export async function commitRelease(git: Git, root: string, { source, version }: { readonly source: string; readonly version: string }): Promise<ReleaseCommit> {
  await git(['add', '--all', '--', '.']);
  await git(['add', '--force', '--', ...bundleFiles(root)]);
  const tree = await git(['write-tree']);
  const seconds = await git(['show', '--no-patch', '--format=%ct', source]);
  const date = `${seconds} +0000`;
  const env = { GIT_AUTHOR_NAME: releaser.name, GIT_AUTHOR_EMAIL: releaser.email, GIT_AUTHOR_DATE: date, GIT_COMMITTER_NAME: releaser.name, GIT_COMMITTER_EMAIL: releaser.email, GIT_COMMITTER_DATE: date };
  const commit = await git(['commit-tree', tree, '-p', source], { input: `Release ${version}\n\nThe tree of ${source} with the bundles of the actions.\n`, env });
  const tagObject = await git(['mktag'], { input: `object ${commit}\ntype commit\ntag v${version}\ntagger ${releaser.name} <${releaser.email}> ${date}\n\nSallyport ${version}\n` });
  await git(['update-ref', `refs/tags/v${version}`, tagObject]);
  return { commit, tree, tagObject };
}
