import { toSeconds } from '../../git/objects.ts';
import type { Issue, Pull, Repository, World } from '../../world/world.ts';
import { associationOf, labelNamed, presentLabel } from './issue.ts';
import { presentRepository, ownerOf, repositoryPage, repositoryUrl } from './repository.ts';
import { nodeId, type Schemas } from './schemas.ts';
import { presentUser } from './user.ts';

/** What only git knows of a pull request, read for the single form. */
export type PullMeasures = {
  readonly mergeable: boolean | null;
  readonly mergeableState: string;
  readonly commits: number;
  readonly additions: number;
  readonly deletions: number;
  readonly changedFiles: number;
};

/** The form in lists. */
export function presentSimplePull(world: World, url: string, repository: Repository, pull: Pull, issue: Issue): Schemas['pull-request-simple'] {
  return { ...common(world, url, repository, pull, issue), state: pull.state };
}

/** The form of a single pull request. */
export function presentPull(world: World, url: string, repository: Repository, pull: Pull, issue: Issue, measures: PullMeasures): Schemas['pull-request'] {
  return {
    ...common(world, url, repository, pull, issue),
    state: pull.state,
    merged: pull.merged !== null,
    mergeable: measures.mergeable,
    rebaseable: measures.mergeable,
    mergeable_state: measures.mergeableState,
    merged_by: pull.merged === null ? null : presentUser(url, pull.merged.by),
    comments: issue.comments.length,
    review_comments: 0,
    maintainer_can_modify: false,
    commits: measures.commits,
    additions: measures.additions,
    deletions: measures.deletions,
    changed_files: measures.changedFiles,
  };
}

function common(world: World, url: string, repository: Repository, pull: Pull, issue: Issue): Omit<Schemas['pull-request-simple'] & Schemas['pull-request'], 'state' | 'merged' | 'mergeable' | 'rebaseable' | 'mergeable_state' | 'merged_by' | 'comments' | 'review_comments' | 'maintainer_can_modify' | 'commits' | 'additions' | 'deletions' | 'changed_files'> {
  const urls = linksOf(url, repository, pull);
  return {
    ...urls,
    id: pull.id,
    node_id: nodeId('PullRequest', pull.id),
    number: pull.number,
    locked: false,
    title: issue.title,
    user: presentUser(url, pull.author),
    body: issue.body === '' ? null : issue.body,
    labels: [...issue.labels].map((name) => ({ ...presentLabel(url, repository, name), description: labelNamed(repository, name).description ?? '' })),
    milestone: null,
    active_lock_reason: null,
    created_at: toSeconds(pull.createdAt),
    updated_at: toSeconds(pull.updatedAt),
    closed_at: issue.closedAt === null ? null : toSeconds(issue.closedAt),
    merged_at: pull.merged === null ? null : toSeconds(pull.merged.at),
    merge_commit_sha: pull.merged?.sha ?? null,
    assignee: issue.assignees[0] === undefined ? null : presentUser(url, issue.assignees[0]),
    assignees: issue.assignees.map((user) => presentUser(url, user)),
    requested_reviewers: pull.requestedReviewers.map((user) => presentUser(url, user)),
    requested_teams: [],
    head: side(world, url, world.repositories.get(pull.head.repository) ?? repository, pull.head),
    base: side(world, url, repository, pull.base),
    _links: {
      self: { href: urls.url },
      html: { href: urls.html_url },
      issue: { href: urls.issue_url },
      comments: { href: urls.comments_url },
      review_comments: { href: urls.review_comments_url },
      review_comment: { href: urls.review_comment_url },
      commits: { href: urls.commits_url },
      statuses: { href: urls.statuses_url },
    },
    author_association: associationOf(repository, pull.author),
    auto_merge: null,
    draft: pull.draft,
  };
}

function linksOf(url: string, repository: Repository, pull: Pull): Pick<Schemas['pull-request-simple'], 'url' | Extract<keyof Schemas['pull-request-simple'], `${string}_url`>> {
  const self = repositoryUrl(url, repository);
  const page = `${repositoryPage(url, repository)}/pull/${String(pull.number)}`;
  const pulls = `${self}/pulls/${String(pull.number)}`;
  const issue = `${self}/issues/${String(pull.number)}`;
  return {
    url: pulls,
    html_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    issue_url: issue,
    commits_url: `${pulls}/commits`,
    review_comments_url: `${pulls}/comments`,
    review_comment_url: `${self}/pulls/comments{/number}`,
    comments_url: `${issue}/comments`,
    statuses_url: `${self}/statuses/${pull.head.sha}`,
  };
}

function side(world: World, url: string, repository: Repository, end: { readonly ref: string; readonly sha: string }): { label: string; ref: string; sha: string; repo: Schemas['repository']; user: Schemas['simple-user'] } {
  return {
    label: `${repository.owner}:${end.ref}`,
    ref: end.ref,
    sha: end.sha,
    user: presentUser(url, ownerOf(world, repository)),
    repo: presentRepository(world, url, repository),
  };
}
