import type { FileChange } from '../../git/diff.ts';
import type { Repository } from '../../world/world.ts';
import { repositoryPage, repositoryUrl } from './repository.ts';
import type { Schemas } from './schemas.ts';

/** One changed file; patches are not simulated. */
export function presentFileChange(url: string, repository: Repository, commit: string, change: FileChange): Schemas['diff-entry'] {
  const page = repositoryPage(url, repository);
  const path = change.path.split('/').map(encodeURIComponent).join('/');
  return {
    sha: change.blob,
    filename: change.path,
    status: change.status,
    additions: change.additions,
    deletions: change.deletions,
    changes: change.additions + change.deletions,
    blob_url: `${page}/blob/${commit}/${path}`,
    raw_url: `${page}/raw/${commit}/${path}`,
    contents_url: `${repositoryUrl(url, repository)}/contents/${path}?ref=${commit}`,
    ...(change.previousPath === null ? {} : { previous_filename: change.previousPath }),
  };
}
