import { toSeconds, type CommitObject } from '../../git/objects.ts';
import type { Comment, Issue, Pull, Repository, Review, TimelineEvent, User } from '../../world/world.ts';
import { presentGitCommit } from './commit.ts';
import { presentComment } from './issue.ts';
import { repositoryUrl } from './repository.ts';
import { presentReview } from './review.ts';
import { nodeId } from './schemas.ts';
import { presentUser } from './user.ts';

/** One line of a timeline with what orders it: the instant, then the number, which only grows (0 for commits). */
export type TimelineEntry = { readonly at: number; readonly id: number; readonly body: Readonly<Record<string, unknown>> };

export function presentCommitted(url: string, repository: Repository, commit: CommitObject): TimelineEntry {
  return { at: commit.committer.at, id: 0, body: { event: 'committed', ...presentGitCommit(url, repository, commit) } };
}

export function presentTimelineComment(url: string, repository: Repository, issue: Issue, comment: Comment): TimelineEntry {
  return { at: comment.createdAt, id: comment.id, body: { event: 'commented', actor: presentUser(url, comment.user), ...presentComment(url, repository, issue, comment) } };
}

export function presentTimelineReview(url: string, repository: Repository, pull: Pull, review: Review): TimelineEntry {
  const presented = presentReview(url, repository, pull, review);
  return { at: review.submittedAt, id: review.id, body: { event: 'reviewed', ...presented, state: presented.state.toLowerCase() } };
}

/** Parts of an event that name an account. */
const people = new Set(['requested_reviewer', 'review_requester', 'assignee']);

/** An event kept on the record; the parts that depend on its kind are in `data`, people as records. */
export function presentStored(url: string, repository: Repository, event: TimelineEvent): TimelineEntry {
  const { commit_id: commit, ...rest } = event.data;
  const commitId = typeof commit === 'string' ? commit : null;
  const data = Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, people.has(name) ? presentUser(url, value as User) : value]));
  return {
    at: event.createdAt,
    id: event.id,
    body: {
      id: event.id,
      node_id: nodeId('Event', event.id),
      url: `${repositoryUrl(url, repository)}/issues/events/${String(event.id)}`,
      actor: event.actor === null ? null : presentUser(url, event.actor),
      event: event.event,
      commit_id: commitId,
      commit_url: commitId === null ? null : `${repositoryUrl(url, repository)}/commits/${commitId}`,
      created_at: toSeconds(event.createdAt),
      performed_via_github_app: null,
      ...data,
    },
  };
}
