import { completeList, headBefore, movementsOf, partialList } from '@sallyport/gates';
import type { Fact, MergeFacts, MergeProofFact } from '@sallyport/gates';
import type { CompareWithBase } from './compare-with-base.ts';
import { standingApprovals } from './gather-reviews.ts';
import type { MergeAgain } from './merge-again.ts';

/** Each earlier head costs a merge. */
const mostProofs = 5;

type Sources = {
  readonly head: string;
  readonly reviews: MergeFacts['reviews'];
  readonly pushes: MergeFacts['pushes'];
  readonly compare: CompareWithBase;
  readonly mergeAgain: MergeAgain;
};

/** For each earlier head that a standing approval was given at: what it changed, put onto the base that the head stands on. */
export async function gatherCarryOver({ head, reviews, pushes, compare, mergeAgain }: Sources): Promise<MergeFacts['carryOver']> {
  const movements = movementsOf({ pushes });
  // Without the whole history no approval is bound to a head, and nothing can be carried over.
  const approved = movements === null ? [] : standingApprovals(reviews.items).map(({ submittedAt }) => headBefore(movements, submittedAt)?.sha ?? null);
  const earlier = [...new Set(approved.flatMap((sha) => (sha === null || sha === head ? [] : [sha])))];
  const proofs = await Promise.all(earlier.slice(0, mostProofs).map((from) => prove(from, head, compare, mergeAgain)));
  const items = proofs.flatMap((proof) => ('known' in proof ? [proof.known] : []));
  const missing = [
    ...proofs.flatMap((proof) => ('unknown' in proof ? [proof.unknown] : [])),
    ...(earlier.length > mostProofs ? [`${earlier.length} earlier heads were approved, and only ${mostProofs} are looked into`] : []),
    ...(pushes.complete ? [] : [pushes.missing]),
  ];
  return missing.length === 0 ? completeList(items) : partialList(items, missing.join('; '));
}

async function prove(from: string, head: string, compare: CompareWithBase, mergeAgain: MergeAgain): Promise<Fact<MergeProofFact>> {
  const [left, stands] = await Promise.all([compare(from), compare(head)]);
  if ('unknown' in left) return left;
  if ('unknown' in stands) return stands;
  const [fromBase, onto] = [left.known.mergeBase, stands.known.mergeBase];
  return { known: { from, fromBase, onto, tree: await mergeAgain({ from, fromBase, onto }) } };
}
