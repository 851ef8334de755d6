import type { QueueGroupFact } from '@sallyport/gates';
import type { MergeTarget } from '@sallyport/pipeline';
import { compareWithBase } from './compare-with-base.ts';
import type { MergeAgain } from './merge-again.ts';
import { readTree } from './read-tree.ts';
import type { Place } from './repository.ts';

type Group = NonNullable<MergeTarget['group']>;

/** What a merge queue would land: its tree, and the head merged onto what is queued before it, made again. */
export async function gatherGroup(place: Place, { ref, headSha, baseSha }: Group, head: string, mergeAgain: MergeAgain): Promise<QueueGroupFact> {
  const [treeSha, proof] = await Promise.all([readTree(place, headSha), proveGroup(place, baseSha, head, mergeAgain)]);
  return { ref, headSha, baseSha, treeSha, proof };
}

async function proveGroup(place: Place, onto: string, from: string, mergeAgain: MergeAgain): Promise<QueueGroupFact['proof']> {
  const compared = await compareWithBase(place, onto)(from);
  // Nothing is merged from a base that is not known; the field still has to name a commit.
  if ('unknown' in compared) return { from, fromBase: onto, onto, tree: compared };
  const { mergeBase: fromBase } = compared.known;
  return { from, fromBase, onto, tree: await mergeAgain({ from, fromBase, onto }) };
}
