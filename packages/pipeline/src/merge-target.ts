import type { MergeFacts } from '@sallyport/gates';
import type { MergeTarget, QueueTarget } from './ports.ts';

/** A pull request at its head, whatever that is when it is looked at. */
export const atHead = (pullRequest: number): MergeTarget => ({ pullRequest, group: null });

/**
 * `gh-readonly-queue/<base>/pr-<number>-<base commit>`, as GitHub names the branch of a merge queue's group. That the name
 * ends with the commit the group stands on is what is seen, not what is documented; the gate merges onto it again, so a
 * wrong one is refused.
 */
const queueRef = /^(?:refs\/heads\/)?(gh-readonly-queue\/(.+)\/pr-([1-9][0-9]{0,8})-([0-9a-f]{40}|[0-9a-f]{64}))$/;

/** The group that a branch of the merge queue holds, with or without `refs/heads/`; null for any other branch. */
export function parseQueueRef(ref: string, headSha: string): QueueTarget | null {
  const [, branch, base, number, baseSha] = queueRef.exec(ref) ?? [];
  if (branch === undefined || base === undefined || baseSha === undefined) return null;
  return { pullRequest: Number(number), base, group: { ref: branch, headSha, baseSha } };
}

/** The commit a verdict is about, and on which the check is posted. */
export const judgedCommit = ({ group, pullRequest }: Pick<MergeFacts, 'group' | 'pullRequest'>): string => group?.headSha ?? pullRequest.head.sha;
