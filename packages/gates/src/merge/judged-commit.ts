import type { MergeFacts } from '../facts/merge-facts.ts';
import { shortSha } from '../wording.ts';

/** The commit whose tests and tree decide: the head, or in a merge queue the group that would land in its place. */
export type JudgedCommit = {
  readonly sha: string;
  readonly tree: string;
  readonly branch: string;
  /** Number of the repository that holds the branch; null when it no longer exists. */
  readonly repository: number | null;
  /** The only event whose runs are about this commit. */
  readonly event: 'pull_request' | 'merge_group';
  /** For sentences: `the head 1a2b3c4d5e6f`. */
  readonly name: string;
};

export function judgedCommit({ repository, pullRequest: { head }, group }: MergeFacts): JudgedCommit {
  if (group === null) return { sha: head.sha, tree: head.treeSha, branch: head.ref, repository: head.repository, event: 'pull_request', name: `the head ${shortSha(head.sha)}` };
  return { sha: group.headSha, tree: group.treeSha, branch: group.ref, repository: repository.id, event: 'merge_group', name: `the merge queue's group ${shortSha(group.headSha)}` };
}
