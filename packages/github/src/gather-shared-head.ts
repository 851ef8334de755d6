import { completeList, partialList } from '@sallyport/gates';
import type { MergeFacts } from '@sallyport/gates';
import * as z from 'zod';
import type { PullAnswer } from './answers/pull.ts';
import { simplePull } from './answers/pull.ts';
import { readPagesOr } from './paginate.ts';
import { of } from './repository.ts';
import type { Place } from './repository.ts';

/**
 * Other pull requests whose head is the same commit: open ones, and closed ones from the same branch. The runs of a closed one stay
 * on the commit, with nothing to say that they were for another base.
 */
export async function gatherSharedHead(place: Place, pull: PullAnswer): Promise<MergeFacts['sharedHead']> {
  const { number, head } = pull;
  if (head.repo === null) return partialList([], 'the repository of the head no longer exists');
  const [holding, ofBranch] = await Promise.all([
    readPagesOr(place.client, [404, 422], { route: 'GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls', parameters: { ...of(place), commit_sha: head.sha }, shape: z.array(simplePull), why: 'to see whether other pull requests have the same head' }),
    readPagesOr(place.client, [], { route: 'GET /repos/{owner}/{repo}/pulls', parameters: { ...of(place), state: 'all', head: `${head.repo.owner.login}:${head.ref}` }, shape: z.array(simplePull), why: 'to see whether its branch had other pull requests' }),
  ]);
  if (!holding.ok) return partialList([], `which pull requests have the head ${head.sha} is not known: ${holding.message}`);
  if (!ofBranch.ok) return partialList([], `which pull requests ${head.ref} had is not known: ${ofBranch.message}`);
  const open = holding.pages.flat().filter(({ state }) => state === 'open');
  const others = [...open, ...ofBranch.pages.flat()].flatMap((other) => (other.number !== number && other.head.sha === head.sha ? [other.number] : []));
  const numbers = [...new Set(others)].sort((a, b) => a - b);
  return holding.ended && ofBranch.ended ? completeList(numbers) : partialList(numbers, 'more pull requests hold the head than are read');
}
