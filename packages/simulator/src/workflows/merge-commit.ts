import { gitIdentity, webFlow } from '../git/identity.ts';
import { readRef } from '../git/objects.ts';
import { gitText, runGit, tryGit } from '../git/run-git.ts';
import { writeCommit } from '../git/write-objects.ts';
import type { Pull, Repository } from '../world/world.ts';

/**
 * The commit GitHub merges a pull request into for its workflows, kept at `refs/pull/<n>/merge`: head merged into the
 * base branch as it is now. null when they conflict, as then no pull_request workflow runs.
 */
export async function makeMergeCommit(repository: Repository, pull: Pull, at: number): Promise<string | null> {
  const { gitDir } = repository;
  const base = (await readRef(gitDir, `refs/heads/${pull.base.ref}`)) ?? pull.base.sha;
  const merged = await tryGit(gitDir, ['merge-tree', '--write-tree', base, pull.head.sha]);
  const tree = merged?.split('\n')[0];
  if (tree === undefined) return null;
  const ref = `refs/pull/${String(pull.number)}/merge`;
  const current = await readRef(gitDir, ref);
  if (current !== null && (await gitText(gitDir, ['show', '-s', '--format=%T %P', current])) === `${tree} ${base} ${pull.head.sha}`) return current;
  const commit = await writeCommit(gitDir, { tree, parents: [base, pull.head.sha], message: `Merge ${pull.head.sha} into ${base}\n`, identity: gitIdentity(pull.author, at, webFlow) });
  await runGit(gitDir, ['update-ref', ref, commit]);
  return commit;
}
