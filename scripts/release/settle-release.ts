import type { Git } from './git.ts';
import type { ReleaseCommit } from './release-commit.ts';
import { ReleaseError } from './release-error.ts';
import type { RemoteRefs } from './remote-refs.ts';

/** A tag that holds the same tree is this release, begun earlier; one that holds another tree is another release, and stands. */
export async function settleRelease(git: Git, { tags }: RemoteRefs, remote: string, made: ReleaseCommit, version: string): Promise<ReleaseCommit> {
  const name = `v${version}`;
  const there = tags.get(name);
  if (there === undefined) return made;
  if (there.commit === made.commit) return { ...made, tagObject: there.object };
  await git(['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', '--', remote, `refs/tags/${name}`]);
  const tree = await git(['rev-parse', `${there.commit}^{tree}`]);
  if (tree === made.tree) return { commit: there.commit, tree, tagObject: there.object };
  throw new ReleaseError('other-release', `${remote} has the tag ${name} on ${there.commit}, and what would be released as ${version} has another tree (${made.tree} instead of ${tree}).`, {
    next: `A released version is never made again. To finish the release that was begun, check out ${there.commit}^ and run it there; to release what is new, add a changeset and take it over with \`npm run release:version\`.`,
  });
}
