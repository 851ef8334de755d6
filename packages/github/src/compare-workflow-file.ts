import { known, unknown } from '@sallyport/gates';
import type { Fact } from '@sallyport/gates';
import { comparison, contents } from './answers/commit.ts';
import type { PullAnswer } from './answers/pull.ts';
import { of } from './repository.ts';
import type { Place } from './repository.ts';

/**
 * Is the file at the head the one at the base branch? If the branch moved on since, the file at the merge base counts as well:
 * GitHub runs the workflow of the merge, and a file that the pull request left alone comes from the base there.
 */
export async function compareWorkflowFile(place: Place, { base, head }: PullAnswer, path: string): Promise<Fact<boolean>> {
  const [atHead, atBase] = await Promise.all([readBlobSha(place, path, head.sha), readBlobSha(place, path, `refs/heads/${base.ref}`)]);
  if (atHead === null && atBase === null) return unknown(`${path} is no file of the head or the base`);
  if (atHead === null) return known(false);
  if (atHead === atBase) return known(true);
  const compared = await place.client.askOr([404], { route: 'GET /repos/{owner}/{repo}/compare/{basehead}', parameters: { ...of(place), basehead: `${base.ref}...${head.sha}`, per_page: 1 }, shape: comparison, why: 'to find where the branch left the base' });
  if (!compared.ok) return unknown(`where the branch left ${base.ref} is not known: ${compared.message}`);
  return known(atHead === (await readBlobSha(place, path, compared.data.merge_base_commit.sha)));
}

/** The blob at a path; null when there is no plain file. */
async function readBlobSha(place: Place, path: string, ref: string): Promise<string | null> {
  const answer = await place.client.askOr([404], { route: 'GET /repos/{owner}/{repo}/contents/{+path}', parameters: { ...of(place), path, ref }, shape: contents, why: 'to compare a workflow file with the base' });
  return answer.ok && answer.data.type === 'file' ? answer.data.sha : null;
}
