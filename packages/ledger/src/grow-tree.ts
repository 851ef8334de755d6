import { appendLeaf, hashLeaf, rangeRoot } from './merkle-tree.ts';
import type { MerkleRange } from './merkle-tree.ts';

export type GrownTree = {
  readonly range: MerkleRange;
  /** Root of the first n leaves, at each n that was asked for and reached. */
  readonly roots: ReadonlyMap<number, Uint8Array>;
};

export type GrowOptions = {
  /** The tree over the first leaves, which are not hashed again. */
  readonly from: MerkleRange;
  /** Roots of how many leaves are wanted, each at least as many as `from` has. */
  readonly sizes: ReadonlySet<number>;
  /** Sees the tree before each leaf that is added to it. */
  readonly before?: (range: MerkleRange) => void;
};

/** The tree over leaves in order, each hashed once. */
export function growTree(leaves: readonly Uint8Array[], { from, sizes, before }: GrowOptions): GrownTree {
  const roots = new Map<number, Uint8Array>();
  let range = from;
  for (const [index, bytes] of leaves.entries()) {
    if (index < from.size) continue;
    if (sizes.has(index)) roots.set(index, rangeRoot(range));
    before?.(range);
    range = appendLeaf(range, hashLeaf(bytes));
  }
  if (sizes.has(range.size)) roots.set(range.size, rangeRoot(range));
  return { range, roots };
}
