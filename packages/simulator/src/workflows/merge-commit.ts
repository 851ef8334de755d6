import { gitIdentity, webFlow } from '../git/identity.ts';
import { readCommit, readRef } from '../git/objects.ts';
import { GitFailure, runGit } from '../git/run-git.ts';
import { writeCommit } from '../git/write-objects.ts';
import { mergedTree } from '../pulls/pull-git.ts';
import type { Pull, Repository } from '../world/world.ts';

/**
 * The commit GitHub merges a pull request into for its workflows, kept at `refs/pull/<n>/merge`: head merged into the
 * base branch as it is now. null when they conflict, as then no pull_request workflow runs.
 */
export async function makeMergeCommit(repository: Repository, pull: Pull, at: number): Promise<string | null> {
  const { gitDir, objects } = repository;
  const base = (await readRef(objects, `refs/heads/${pull.base.ref}`)) ?? pull.base.sha;
  const tree = await mergedTree(objects, base, pull.head.sha).catch(unmergeable);
  if (tree === null) return null;
  const ref = `refs/pull/${String(pull.number)}/merge`;
  const current = await readRef(objects, ref);
  const known = current === null ? null : await readCommit(objects, current);
  if (known !== null && `${known.tree} ${known.parents.join(' ')}` === `${tree} ${base} ${pull.head.sha}`) return known.sha;
  const commit = await writeCommit(gitDir, { tree, parents: [base, pull.head.sha], message: `Merge ${pull.head.sha} into ${base}\n`, identity: gitIdentity(pull.author, at, webFlow) });
  await runGit(gitDir, ['update-ref', ref, commit]);
  return commit;
}

/** Histories without a common commit have no merge either. */
function unmergeable(error: unknown): null {
  if (error instanceof GitFailure && error.exitCode !== null) return null;
  throw error;
}
