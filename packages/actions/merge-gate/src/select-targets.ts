import { atHead, parseQueueRef } from '@sallyport/pipeline';
import type { MergeTarget } from '@sallyport/pipeline';
import * as z from 'zod';
import { InputError } from '../../src/input-error.ts';

const number = z.int().positive();
const sha = z.string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/);

const pullRequestEvent = z.object({ action: z.string().optional(), pull_request: z.object({ number, merged: z.boolean().optional(), head: z.object({ sha }) }) });
const mergeGroupEvent = z.object({ action: z.string(), merge_group: z.object({ head_sha: sha, head_ref: z.string(), base_sha: sha }) });
const workflowRunEvent = z.object({
  repository: z.object({ id: number }),
  workflow_run: z.object({ event: z.string(), head_sha: sha, head_branch: z.string().nullable(), pull_requests: z.array(z.object({ number, base: z.object({ repo: z.object({ id: number }) }) })) }),
});

/** What one run of the action judges. */
export type Selection =
  /** These, and nothing has to be listed first. */
  | { readonly select: 'targets'; readonly targets: readonly MergeTarget[] }
  /** First these, then whatever else is open at this head; with `orAll`, everything when nothing is. */
  | { readonly select: 'head'; readonly first: readonly MergeTarget[]; readonly headSha: string; readonly orAll: boolean }
  /** Every open pull request into a guarded branch, and every group of the merge queue. */
  | { readonly select: 'all' };

export type MergeGateQuestion = {
  /** The `pull-request` input; empty when not given. */
  readonly input: string;
  readonly event: { readonly name: string; readonly payload: unknown };
};

/**
 * What to judge: the one asked for, else what the event is about, else everything. A tick judges everything, which makes up for
 * events that were lost (T19), and so does an event that cannot be read: judging too much allows nothing.
 */
export function selectTargets({ input, event }: MergeGateQuestion): Selection {
  if (input !== '') {
    if (!/^[1-9][0-9]{0,8}$/.test(input)) throw new InputError('input-invalid', `\`pull-request\` is "${input}"; it must be the number of a pull request.`, { next: 'Correct it in the workflow file, or leave it out: then the event says which.' });
    return targets(atHead(Number(input)));
  }
  switch (event.name) {
    case 'pull_request':
    case 'pull_request_target':
    case 'pull_request_review':
      return ofPullRequest(event.payload);
    case 'merge_group':
      return ofMergeGroup(event.payload);
    case 'workflow_run':
      return ofWorkflowRun(event.payload);
    default:
      return all;
  }
}

const all: Selection = { select: 'all' };
const targets = (...some: readonly MergeTarget[]): Selection => ({ select: 'targets', targets: some });

function ofPullRequest(payload: unknown): Selection {
  const parsed = pullRequestEvent.safeParse(payload);
  if (!parsed.success) return all;
  const { action, pull_request: pull } = parsed.data;
  if (action !== 'closed') return targets(atHead(pull.number));
  // A refusal because two shared this head ends with one of them. What was closed loses its yes first, so that reopening it brings nothing back.
  return { select: 'head', first: pull.merged === true ? [] : [atHead(pull.number)], headSha: pull.head.sha, orAll: false };
}

function ofMergeGroup(payload: unknown): Selection {
  const parsed = mergeGroupEvent.safeParse(payload);
  if (!parsed.success) return all;
  const { action, merge_group: group } = parsed.data;
  if (action !== 'checks_requested') return targets();
  const target = parseQueueRef(group.head_ref, group.head_sha);
  return target === null ? all : targets({ pullRequest: target.pullRequest, group: { ...target.group, baseSha: group.base_sha } });
}

/** A run names the pull requests of its own repository and of others in its network; runs for forks name none. */
function ofWorkflowRun(payload: unknown): Selection {
  const parsed = workflowRunEvent.safeParse(payload);
  if (!parsed.success) return all;
  const { repository, workflow_run: run } = parsed.data;
  if (run.event === 'merge_group') {
    const target = parseQueueRef(run.head_branch ?? '', run.head_sha);
    return target === null ? all : targets({ pullRequest: target.pullRequest, group: target.group });
  }
  const named = run.pull_requests.filter(({ base }) => base.repo.id === repository.id).map((pull) => atHead(pull.number));
  return named.length > 0 ? targets(...named) : { select: 'head', first: [], headSha: run.head_sha, orAll: true };
}
