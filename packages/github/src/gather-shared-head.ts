import { completeList, partialList } from '@sallyport/gates';
import type { MergeFacts } from '@sallyport/gates';
import * as z from 'zod';
import type { PullAnswer } from './answers/pull.ts';
import { simplePull } from './answers/pull.ts';
import { readPagesOr } from './paginate.ts';
import { of } from './repository.ts';
import type { Place } from './repository.ts';

/** Other open pull requests whose head is the same commit. */
export async function gatherSharedHead(place: Place, { number, head }: PullAnswer): Promise<MergeFacts['sharedHead']> {
  const answer = await readPagesOr(place.client, [404, 422], { route: 'GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls', parameters: { ...of(place), commit_sha: head.sha }, shape: z.array(simplePull), why: 'to see whether other pull requests have the same head' });
  if (!answer.ok) return partialList([], `which pull requests have the head ${head.sha} is not known: ${answer.message}`);
  const others = answer.pages.flat().flatMap((pull) => (pull.state === 'open' && pull.number !== number && pull.head.sha === head.sha ? [pull.number] : []));
  return answer.ended ? completeList(others) : partialList(others, 'more pull requests hold the head than are read');
}
