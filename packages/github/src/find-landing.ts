import { known, unknown } from '@sallyport/gates';
import type { Fact } from '@sallyport/gates';
import type { Landing } from '@sallyport/pipeline';
import * as z from 'zod';
import { comparison, gitCommit } from './answers/commit.ts';
import { simplePull } from './answers/pull.ts';
import { readPages } from './paginate.ts';
import { of, readRepository } from './repository.ts';
import type { Place } from './repository.ts';

/** How `commit` came to `branch`: the merged pull request whose merge made exactly this commit, or none. */
export async function findLanding(place: Place, commit: string, branch: string): Promise<Fact<Landing>> {
  const found = await place.client.askOr([404, 422], { route: 'GET /repos/{owner}/{repo}/git/commits/{commit_sha}', parameters: { ...of(place), commit_sha: commit }, shape: gitCommit, why: 'to see how it landed' });
  if (!found.ok) return unknown(`GitHub knows no commit ${commit}`);
  const [onBranch, change] = await Promise.all([isOnBranch(place, commit, branch), findMerge(place, commit, branch)]);
  if ('unknown' in onBranch) return onBranch;
  if ('unknown' in change) return change;
  return known({ commit, branch, onBranch: onBranch.known, landedTree: found.data.tree.sha, change: change.known });
}

/** Whether `branch` holds `commit`. */
export async function isOnBranch(place: Place, commit: string, branch: string): Promise<Fact<boolean>> {
  const compared = await place.client.askOr([404], { route: 'GET /repos/{owner}/{repo}/compare/{basehead}', parameters: { ...of(place), basehead: `${branch}...${commit}`, per_page: 1 }, shape: comparison, why: 'to see whether the branch holds it' });
  // Also for histories without a common commit.
  if (!compared.ok) return unknown(`whether ${branch} holds ${commit} is not known: ${compared.message}`);
  return known(compared.data.status === 'behind' || compared.data.status === 'identical');
}

/** The pull request into `branch` whose merge made exactly this commit; null when there is none. */
export async function findMerge(place: Place, commit: string, branch: string): Promise<Fact<Landing['change']>> {
  const [repository, { pages }] = await Promise.all([
    readRepository(place),
    readPages(place.client, { route: 'GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls', parameters: { ...of(place), commit_sha: commit }, shape: z.array(simplePull), why: 'to find the pull request it came by' }),
  ]);
  const [merged, ...others] = pages.flat().flatMap((pull) => (pull.merged_at !== null && pull.merge_commit_sha === commit && pull.base.ref === branch && pull.base.repo.id === repository.id ? [{ ...pull, merged_at: pull.merged_at }] : []));
  if (merged === undefined) return known(null);
  if (others.length > 0) return unknown(`GitHub says that ${commit} is the merge of ${[merged, ...others].map(({ number }) => `#${number}`).join(' and ')}`);
  return known({ number: merged.number, headSha: merged.head.sha, mergedAt: merged.merged_at });
}
