import { toSeconds } from '../../git/objects.ts';
import type { Pull, Remark, Repository } from '../../world/world.ts';
import { associationOf } from './issue.ts';
import { repositoryPage, repositoryUrl } from './repository.ts';
import { nodeId, type Schemas } from './schemas.ts';
import { presentUser } from './user.ts';

/** A comment on a line; hunks are not simulated. */
export function presentRemark(url: string, repository: Repository, pull: Pull, remark: Remark): Schemas['pull-request-review-comment'] {
  const self = `${repositoryUrl(url, repository)}/pulls/comments/${String(remark.id)}`;
  const pullUrl = `${repositoryUrl(url, repository)}/pulls/${String(pull.number)}`;
  const html = `${repositoryPage(url, repository)}/pull/${String(pull.number)}#discussion_r${String(remark.id)}`;
  return {
    url: self,
    id: remark.id,
    node_id: nodeId('PullRequestReviewComment', remark.id),
    pull_request_review_id: null,
    diff_hunk: '@@ -1 +1 @@',
    path: remark.path,
    commit_id: remark.commitId,
    original_commit_id: remark.commitId,
    user: remark.user.deleted === true ? null : presentUser(url, remark.user),
    body: remark.body,
    created_at: toSeconds(remark.createdAt),
    updated_at: toSeconds(remark.createdAt),
    html_url: html,
    pull_request_url: pullUrl,
    author_association: associationOf(repository, remark.user),
    _links: { self: { href: self }, html: { href: html }, pull_request: { href: pullUrl } },
  };
}
