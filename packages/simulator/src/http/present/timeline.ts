import { toSeconds, type CommitObject } from '../../git/objects.ts';
import type { Comment, Issue, Pull, Repository, Review, TimelineEvent, User, World } from '../../world/world.ts';
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

/** An event kept on the record; the parts that depend on its kind are in `data`. */
export function presentStored(world: World, url: string, repository: Repository, event: TimelineEvent): TimelineEntry {
  const { requested_reviewer: asked, commit_id: commit, ...data } = event.data;
  const commitId = typeof commit === 'string' ? commit : null;
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
      ...(event.event.startsWith('review_request') ? asks(world, url, event.actor, asked) : {}),
    },
  };
}

function asks(world: World, url: string, requester: User | null, asked: unknown): Record<string, unknown> {
  const id = typeof asked === 'object' && asked !== null && 'id' in asked ? asked.id : null;
  const user = [...world.users.values()].find((candidate) => candidate.id === id);
  return {
    ...(requester === null ? {} : { review_requester: presentUser(url, requester) }),
    ...(user === undefined ? {} : { requested_reviewer: presentUser(url, user) }),
  };
}
