import { known, unknown } from '@sallyport/gates';
import type { Fact } from '@sallyport/gates';
import type { Landing } from '@sallyport/pipeline';
import * as z from 'zod';
import { comparison, gitCommit } from './answers/commit.ts';
import { simplePull } from './answers/pull.ts';
import { readTree } from './gather-merge-facts.ts';
import { readPages } from './paginate.ts';
import { of, readRepository } from './repository.ts';
import type { Place } from './repository.ts';

/** How `commit` came to `branch`: the merged pull request whose merge made exactly this commit, or none. */
export async function findLanding(place: Place, commit: string, branch: string): Promise<Fact<Landing>> {
  const found = await place.client.askOr([404, 422], { route: 'GET /repos/{owner}/{repo}/git/commits/{commit_sha}', parameters: { ...of(place), commit_sha: commit }, shape: gitCommit, why: 'to see how it landed' });
  if (!found.ok) return unknown(`GitHub knows no commit ${commit}`);
  const [onBranch, merged] = await Promise.all([isOnBranch(place, commit, branch), readMerges(place, commit, branch)]);
  if ('unknown' in onBranch) return onBranch;
  if (merged.length > 1) return unknown(`GitHub says that ${commit} is the merge of ${merged.map(({ number }) => `#${number}`).join(' and ')}`);
  const landed = { commit, branch, onBranch: onBranch.known, landedTree: found.data.tree.sha };
  const [pull] = merged;
  if (pull === undefined) return known({ ...landed, change: null });
  return known({ ...landed, change: { number: pull.number, headSha: pull.head.sha, headTree: await readTree(place, pull.head.sha), mergedAt: pull.merged_at } });
}

async function isOnBranch(place: Place, commit: string, branch: string): Promise<Fact<boolean>> {
  const compared = await place.client.askOr([404], { route: 'GET /repos/{owner}/{repo}/compare/{basehead}', parameters: { ...of(place), basehead: `${branch}...${commit}`, per_page: 1 }, shape: comparison, why: 'to see whether the branch holds it' });
  // Also for histories without a common commit.
  if (!compared.ok) return unknown(`whether ${branch} holds ${commit} is not known: ${compared.message}`);
  return known(compared.data.status === 'behind' || compared.data.status === 'identical');
}

async function readMerges(place: Place, commit: string, branch: string) {
  const [repository, { pages }] = await Promise.all([
    readRepository(place),
    readPages(place.client, { route: 'GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls', parameters: { ...of(place), commit_sha: commit }, shape: z.array(simplePull), why: 'to find the pull request it came by' }),
  ]);
  return pages.flat().flatMap((pull) => (pull.merged_at !== null && pull.merge_commit_sha === commit && pull.base.ref === branch && pull.base.repo.id === repository.id ? [{ ...pull, merged_at: pull.merged_at }] : []));
}
