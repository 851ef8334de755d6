import { createHash } from 'node:crypto';
import { toSeconds } from '../../git/objects.ts';
import type { Comment, Issue, Label, Reaction, Repository, User, World } from '../../world/world.ts';
import { repositoryPage, repositoryUrl } from './repository.ts';
import { nodeId, type Schemas } from './schemas.ts';
import { presentUser } from './user.ts';

/** GitHub's word for how a person relates to a repository; never a permission. */
export function associationOf(repository: Repository, user: User): 'OWNER' | 'COLLABORATOR' | 'NONE' {
  if (user.login === repository.owner) return 'OWNER';
  return repository.collaborators.has(user.id) ? 'COLLABORATOR' : 'NONE';
}

/** A label by its name: as it was made, or as GitHub makes one that an issue is given. Its number follows from the first name. */
export function labelNamed(repository: Repository, name: string): Label {
  const known = repository.labels.get(name.toLowerCase());
  if (known !== undefined) return known;
  const id = createHash('sha256').update(`${String(repository.id)}/${name}`).digest().readUInt32BE(0);
  return { id, name, color: 'ededed', description: '' };
}

export function presentLabel(url: string, repository: Repository, label: string): Schemas['label'] {
  const { id, name, color, description } = labelNamed(repository, label);
  return { id, node_id: nodeId('Label', id), url: `${repositoryUrl(url, repository)}/labels/${encodeURIComponent(name)}`, name, description, color, default: false };
}

export function presentIssue(_world: World, url: string, repository: Repository, issue: Issue): Schemas['issue'] {
  const self = `${repositoryUrl(url, repository)}/issues/${String(issue.number)}`;
  const html = `${repositoryPage(url, repository)}/${issue.isPull ? 'pull' : 'issues'}/${String(issue.number)}`;
  return {
    id: issue.id,
    node_id: nodeId('Issue', issue.id),
    url: self,
    repository_url: repositoryUrl(url, repository),
    labels_url: `${self}/labels{/name}`,
    comments_url: `${self}/comments`,
    events_url: `${self}/events`,
    html_url: html,
    number: issue.number,
    state: issue.state,
    state_reason: issue.state === 'closed' ? 'completed' : null,
    title: issue.title,
    body: issue.body === '' ? null : issue.body,
    user: presentUser(url, issue.author),
    labels: [...issue.labels].map((name) => presentLabel(url, repository, name)),
    assignee: issue.assignees[0] === undefined ? null : presentUser(url, issue.assignees[0]),
    assignees: issue.assignees.map((user) => presentUser(url, user)),
    milestone: null,
    locked: issue.locked === true,
    active_lock_reason: null,
    comments: issue.comments.length,
    ...pullLinks(url, repository, issue, html),
    closed_at: issue.closedAt === null ? null : toSeconds(issue.closedAt),
    created_at: toSeconds(issue.createdAt),
    updated_at: toSeconds(issue.updatedAt),
    timeline_url: `${self}/timeline`,
    author_association: associationOf(repository, issue.author),
    performed_via_github_app: null,
  };
}

function pullLinks(url: string, repository: Repository, issue: Issue, html: string): Pick<Schemas['issue'], 'pull_request' | 'draft'> {
  const pull = issue.isPull ? repository.pulls.get(issue.number) : undefined;
  if (pull === undefined) return {};
  const merged = pull.merged === null ? null : toSeconds(pull.merged.at);
  return {
    draft: pull.draft,
    pull_request: { url: `${repositoryUrl(url, repository)}/pulls/${String(pull.number)}`, html_url: html, diff_url: `${html}.diff`, patch_url: `${html}.patch`, merged_at: merged },
  };
}

export function presentComment(url: string, repository: Repository, issue: Issue, comment: Comment): Schemas['issue-comment'] {
  const html = `${repositoryPage(url, repository)}/${issue.isPull ? 'pull' : 'issues'}/${String(issue.number)}`;
  return {
    id: comment.id,
    node_id: nodeId('IssueComment', comment.id),
    url: `${repositoryUrl(url, repository)}/issues/comments/${String(comment.id)}`,
    html_url: `${html}#issuecomment-${String(comment.id)}`,
    issue_url: `${repositoryUrl(url, repository)}/issues/${String(issue.number)}`,
    body: comment.body,
    user: presentUser(url, comment.user),
    created_at: toSeconds(comment.createdAt),
    updated_at: toSeconds(comment.updatedAt),
    author_association: associationOf(repository, comment.user),
    performed_via_github_app: null,
  };
}

export function presentReaction(url: string, { id, user, content, createdAt }: Reaction): Schemas['reaction'] {
  return { id, node_id: nodeId('Reaction', id), user: presentUser(url, user), content: content as Schemas['reaction']['content'], created_at: toSeconds(createdAt) };
}
