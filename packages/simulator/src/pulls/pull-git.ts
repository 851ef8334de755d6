import type { PullMeasures } from '../http/present/pull.ts';
import { listChanges, mergeBase, type FileChange } from '../git/diff.ts';
import { isAncestor, readRef, revList } from '../git/objects.ts';
import type { ObjectStore } from '../git/object-store.ts';
import { GitFailure, gitText } from '../git/run-git.ts';
import { judgeUpdate } from '../rules/judge-update.ts';
import { actionsAppId, type ActingUser } from '../auth/viewer.ts';
import type { Pull, Repository, World } from '../world/world.ts';

/** The pull request's own commits, oldest first, by what git says now. */
export async function listPullCommits(repository: Repository, pull: Pull): Promise<readonly string[]> {
  return revList(repository.objects, [`${pull.base.sha}..${pull.head.sha}`], true);
}

/** Files the pull request changes, against where it left its base. */
export async function listPullFiles(repository: Repository, pull: Pull): Promise<readonly FileChange[]> {
  const fork = await mergeBase(repository.objects, pull.base.sha, pull.head.sha);
  return fork === null ? [] : listChanges(repository.objects, fork, pull.head.sha);
}

/** The tree of head merged into base; null when they conflict. Needs git 2.38. */
export async function mergedTree(objects: ObjectStore, base: string, head: string): Promise<string | null> {
  return objects.remember(`merged ${base} ${head}`, async () => {
    try {
      return (await gitText(objects.gitDir, ['merge-tree', '--write-tree', base, head])).split('\n')[0] ?? null;
    } catch (error) {
      if (error instanceof GitFailure && error.exitCode === 1) return null;
      throw error;
    }
  });
}

/** Everything the single form of a pull request says beyond the record. */
export async function measurePull(world: World, repository: Repository, pull: Pull): Promise<PullMeasures> {
  const files = await listPullFiles(repository, pull);
  const commits = await listPullCommits(repository, pull);
  const counts = {
    commits: commits.length,
    additions: files.reduce((sum, file) => sum + file.additions, 0),
    deletions: files.reduce((sum, file) => sum + file.deletions, 0),
    changedFiles: files.length,
  };
  return { ...counts, ...(await mergeability(world, repository, pull)) };
}

async function mergeability(world: World, repository: Repository, pull: Pull): Promise<Pick<PullMeasures, 'mergeable' | 'mergeableState'>> {
  const ref = `refs/heads/${pull.base.ref}`;
  const tip = await readRef(repository.objects, ref);
  if (pull.state === 'closed' || tip === null) return { mergeable: null, mergeableState: 'unknown' };
  const tree = await mergedTree(repository.objects, tip, pull.head.sha);
  if (tree === null) return { mergeable: false, mergeableState: 'dirty' };
  if (pull.draft) return { mergeable: true, mergeableState: 'draft' };
  const { violations } = await judgeUpdate(world, repository, { ref, before: tip, after: pull.head.sha, actor: nobody(world, pull), pull });
  if (violations.length === 0) return { mergeable: true, mergeableState: 'clean' };
  return { mergeable: true, mergeableState: (await isAncestor(repository.objects, tip, pull.head.sha)) ? 'blocked' : 'behind' };
}

/** Somebody who bypasses nothing: the state shown is the one without bypass. */
function nobody(world: World, pull: Pull): ActingUser {
  return { user: world.apps.get(actionsAppId)?.bot ?? pull.author, app: 0, builtIn: false };
}
