import { toSeconds } from '../../git/objects.ts';
import type { Pull, Repository, Review } from '../../world/world.ts';
import { associationOf } from './issue.ts';
import { repositoryPage, repositoryUrl } from './repository.ts';
import { nodeId, type Schemas } from './schemas.ts';
import { presentUser } from './user.ts';

export function presentReview(url: string, repository: Repository, pull: Pull, review: Review): Schemas['pull-request-review'] {
  const html = `${repositoryPage(url, repository)}/pull/${String(pull.number)}#pullrequestreview-${String(review.id)}`;
  const pullUrl = `${repositoryUrl(url, repository)}/pulls/${String(pull.number)}`;
  return {
    id: review.id,
    node_id: nodeId('PullRequestReview', review.id),
    user: review.user.deleted === true ? null : presentUser(url, review.user),
    body: review.body,
    state: review.state,
    html_url: html,
    pull_request_url: pullUrl,
    _links: { html: { href: html }, pull_request: { href: pullUrl } },
    ...(review.state === 'PENDING' ? {} : { submitted_at: toSeconds(review.submittedAt) }),
    commit_id: review.commitId,
    author_association: associationOf(repository, review.user),
  };
}
