import type { ActingUser } from '../auth/viewer.ts';
import type { SimulatorContext } from '../context.ts';
import { addEvent } from '../git/follow-heads.ts';
import { gitIdentity, webFlow } from '../git/identity.ts';
import { isAncestor, readCommits, readRef, toSeconds, type CommitObject } from '../git/objects.ts';
import { recordSuite, updateRef } from '../git/update-ref.ts';
import { writeCommit } from '../git/write-objects.ts';
import { fullNameOf } from '../http/present/repository.ts';
import { GitHubError } from '../http/github-error.ts';
import { judgeUpdate } from '../rules/judge-update.ts';
import type { Issue, Pull, Repository, User } from '../world/world.ts';
import { listPullCommits, mergedTree } from './pull-git.ts';

export type MergeMethod = 'merge' | 'squash' | 'rebase';
export type MergeRequest = { readonly method: MergeMethod; readonly title: string | null; readonly message: string | null; readonly expectedHead: string | null };

const notMergeable = (): GitHubError => new GitHubError(405, 'Pull Request is not mergeable');

/** Merges a pull request as `PUT pulls/{n}/merge` does, under the base branch's rulesets. Returns the SHA the base branch got. */
export async function mergePull(context: SimulatorContext, repository: Repository, actor: ActingUser, pull: Pull, issue: Issue, request: MergeRequest): Promise<string> {
  const ref = `refs/heads/${pull.base.ref}`;
  const tip = await readRef(repository.objects, ref);
  if (pull.state === 'closed' || tip === null) throw notMergeable();
  if (pull.draft) throw new GitHubError(405, 'Pull Request is still a draft');
  const head = pull.head.sha;
  if (request.expectedHead !== null && request.expectedHead !== head) throw new GitHubError(409, 'Head branch was modified. Review and try the merge again.');
  // Asked before anything is written, and asked again by updateRef when the branch moves.
  const { violations, result } = await judgeUpdate(context.world, repository, { ref, before: tip, after: head, actor, pull });
  if (violations.length > 0) {
    recordSuite(context, repository, { actor, ref, before: tip, after: head, result });
    throw refusal(violations);
  }
  const sha = await writeMerge(context, repository, actor.user, pull, issue, request, tip);
  const previous = pull.base.sha;
  pull.base.sha = tip;
  const move = await updateRef(context, repository, actor, ref, tip, sha, { pull });
  if (move.kind !== 'moved') {
    pull.base.sha = previous;
    throw move.kind === 'refused' ? refusal(move.violations) : new GitHubError(405, 'Base branch was modified. Review and try the merge again.');
  }
  recordMerge(context, repository, actor, pull, issue, { sha, method: request.method });
  return sha;
}

const refusal = (violations: readonly string[]): GitHubError => new GitHubError(405, `Repository rule violations found\n\n${violations.join('\n')}\n\n`);

async function writeMerge(context: SimulatorContext, repository: Repository, by: User, pull: Pull, issue: Issue, request: MergeRequest, tip: string): Promise<string> {
  const { objects } = repository;
  if (request.method === 'rebase') return rebaseOnto(context, repository, pull, tip);
  const tree = await mergedTree(objects, tip, pull.head.sha);
  if (tree === null) throw notMergeable();
  const at = context.clock.now();
  if (request.method === 'squash') {
    const title = request.title ?? `${issue.title} (#${String(pull.number)})`;
    return writeSigned(repository, at, { tree, parents: [tip], message: joined(title, request.message ?? issue.body), identity: gitIdentity(pull.author, at, webFlow) });
  }
  const title = request.title ?? `Merge pull request #${String(pull.number)} from ${pull.head.repository.split('/')[0] ?? ''}/${pull.head.ref}`;
  return writeSigned(repository, at, { tree, parents: [tip, pull.head.sha], message: joined(title, request.message ?? issue.title), identity: gitIdentity(by, at, webFlow) });
}

/** A commit GitHub makes itself, which it signs. */
export async function writeSigned(repository: Repository, at: number, commit: Parameters<typeof writeCommit>[1]): Promise<string> {
  const sha = await writeCommit(repository.gitDir, commit);
  repository.signatures.set(sha, { verified: true, reason: 'valid', verifiedAt: at });
  return sha;
}

const joined = (title: string, message: string): string => (message === '' ? title : `${title}\n\n${message}`);

/** Writes the commits anew on the base. Only for a branch that is up to date: replaying onto other work is not simulated. */
async function rebaseOnto(context: SimulatorContext, repository: Repository, pull: Pull, tip: string): Promise<string> {
  const commits = await readCommits(repository.objects, await listPullCommits(repository, pull));
  const straight = commits.every((commit) => commit.parents.length === 1);
  if (!straight || !(await isAncestor(repository.objects, tip, pull.head.sha))) throw new GitHubError(405, "This branch can't be rebased");
  let parent = tip;
  for (const commit of commits) {
    if (await isAncestor(repository.objects, commit.sha, tip)) continue;
    parent = await writeCommit(repository.gitDir, { tree: commit.tree, parents: [parent], message: commit.message, identity: rewritten(commit, context.clock.now()) });
  }
  return parent;
}

function rewritten(commit: CommitObject, at: number): Record<string, string> {
  return {
    GIT_AUTHOR_NAME: commit.author.name,
    GIT_AUTHOR_EMAIL: commit.author.email,
    GIT_AUTHOR_DATE: commit.author.date,
    GIT_COMMITTER_NAME: webFlow.name,
    GIT_COMMITTER_EMAIL: webFlow.email,
    GIT_COMMITTER_DATE: toSeconds(at),
  };
}

export function recordMerge(context: SimulatorContext, repository: Repository, actor: ActingUser, pull: Pull, issue: Issue, merge: { readonly sha: string; readonly method: MergeMethod }): void {
  const at = context.clock.now();
  pull.merged = { at, by: actor.user, sha: merge.sha, method: merge.method };
  pull.state = 'closed';
  pull.updatedAt = at;
  Object.assign(issue, { state: 'closed', closedAt: at, updatedAt: at });
  addEvent(context, pull, 'merged', actor, { commit_id: merge.sha });
  addEvent(context, pull, 'closed', actor, {});
  context.announce(repository, { kind: 'pull_request', action: 'closed', number: pull.number }, actor);
}

/** Merges the base branch into the head branch, as `PUT pulls/{n}/update-branch`; false when there is nothing to do. */
export async function updateHeadBranch(context: SimulatorContext, repository: Repository, actor: ActingUser, pull: Pull): Promise<boolean> {
  const tip = await readRef(repository.objects, `refs/heads/${pull.base.ref}`);
  if (pull.state === 'closed' || tip === null) throw new GitHubError(422, 'Pull request is closed.');
  if (pull.head.repository !== fullNameOf(repository)) throw new GitHubError(422, 'not simulated: updating the branch of a fork.');
  if (await isAncestor(repository.objects, tip, pull.head.sha)) return false;
  const tree = await mergedTree(repository.objects, pull.head.sha, tip);
  if (tree === null) throw new GitHubError(422, 'merge conflict between base and head');
  const at = context.clock.now();
  const sha = await writeSigned(repository, at, { tree, parents: [pull.head.sha, tip], message: `Merge branch '${pull.base.ref}' into ${pull.head.ref}`, identity: gitIdentity(actor.user, at, webFlow) });
  const move = await updateRef(context, repository, actor, `refs/heads/${pull.head.ref}`, pull.head.sha, sha);
  if (move.kind !== 'moved') throw new GitHubError(422, move.kind === 'refused' ? move.violations.join('\n') : 'head branch was modified');
  return true;
}
