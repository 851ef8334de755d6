import type { RepositoryFact } from '@sallyport/pipeline';
import { repositoryAnswer } from './answers/pull.ts';
import type { GitHubClient } from './client.ts';

/** A repository on GitHub and the way to it. */
export type Place = { readonly client: GitHubClient; readonly owner: string; readonly repo: string };

/** The two parameters of every route under `/repos/{owner}/{repo}`. */
export const of = ({ owner, repo }: Place): { readonly owner: string; readonly repo: string } => ({ owner, repo });

/** Throws OutsideError `not-found` for a repository that does not exist or may not be seen. */
export async function readRepository(place: Place): Promise<RepositoryFact> {
  const { data } = await place.client.ask({ route: 'GET /repos/{owner}/{repo}', parameters: of(place), shape: repositoryAnswer, why: 'to read the repository' });
  return { owner: data.owner.login, name: data.name, id: data.id, defaultBranch: data.default_branch };
}

