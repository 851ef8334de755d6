import { repositoryUrl } from '../../http/present/repository.ts';
import type { Schemas } from '../../http/present/schemas.ts';
import type { Pull, Repository } from '../../world/world.ts';

/** A pull request as checks and runs mention it. */
export function presentPullReference(url: string, repository: Repository, pull: Pull): Schemas['pull-request-minimal'] {
  const repo = { id: repository.id, url: repositoryUrl(url, repository), name: repository.name };
  return {
    id: pull.id,
    number: pull.number,
    url: `${repositoryUrl(url, repository)}/pulls/${String(pull.number)}`,
    head: { ref: pull.head.ref, sha: pull.head.sha, repo },
    base: { ref: pull.base.ref, sha: pull.base.sha, repo },
  };
}
