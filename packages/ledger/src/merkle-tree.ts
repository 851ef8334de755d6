import { hash } from 'node:crypto';

/**
 * The Merkle tree hash of RFC 6962 §2.1 (unchanged in RFC 9162 §2.1): SHA-256, 0x00 before a leaf and 0x01 before a pair,
 * so that no leaf can be passed off as an inner node. Hashes are 32 bytes.
 */
const leafPrefix = 0;
const nodePrefix = 1;
export const hashBytes = 32;

export function hashLeaf(leaf: Uint8Array): Uint8Array {
  const bytes = Buffer.allocUnsafe(1 + leaf.length);
  bytes[0] = leafPrefix;
  bytes.set(leaf, 1);
  return sha256(bytes);
}

export function hashNode(left: Uint8Array, right: Uint8Array): Uint8Array {
  const bytes = Buffer.allocUnsafe(1 + 2 * hashBytes);
  bytes[0] = nodePrefix;
  bytes.set(left, 1);
  bytes.set(right, 1 + hashBytes);
  return sha256(bytes);
}

/**
 * In one call, and by way of text: a verification makes many small hashes, and a streaming hash, or a buffer that Node allocates
 * for each result, costs several times as much as the hash itself.
 */
const sha256 = (bytes: Uint8Array): Uint8Array => Buffer.from(hash('sha256', bytes, 'binary'), 'binary');

export const emptyRoot: Uint8Array = sha256(new Uint8Array());

/** A tree as the roots of its full subtrees, largest first: enough to append to it and to know its root. */
export type MerkleRange = { readonly size: number; readonly peaks: readonly Uint8Array[] };

export const emptyRange: MerkleRange = { size: 0, peaks: [] };

/** The range with one more leaf. Two node hashes or fewer on average, log2(size) at most. */
export function appendLeaf(range: MerkleRange, leafHash: Uint8Array): MerkleRange {
  const peaks = [...range.peaks];
  let peak = leafHash;
  for (let rest = range.size; rest % 2 === 1; rest = Math.floor(rest / 2)) {
    const left = peaks.pop();
    if (left === undefined) throw new RangeError(`A range of ${range.size} leaves has too few peaks.`);
    peak = hashNode(left, peak);
  }
  return { size: range.size + 1, peaks: [...peaks, peak] };
}

/** The tree's root. At most log2(size) node hashes. */
export function rangeRoot(range: MerkleRange): Uint8Array {
  const smallest = range.peaks.at(-1);
  if (smallest === undefined) return emptyRoot;
  return range.peaks.slice(0, -1).reduceRight((root, peak) => hashNode(peak, root), smallest);
}

/** The range over leaf hashes in order. */
export const rangeOf = (leafHashes: readonly Uint8Array[]): MerkleRange => leafHashes.reduce(appendLeaf, emptyRange);

/** The root over leaf hashes in order; of none, the hash of nothing. */
export const merkleRoot = (leafHashes: readonly Uint8Array[]): Uint8Array => rangeRoot(rangeOf(leafHashes));

/** Audit path of a leaf (RFC 9162 §2.1.3.1), from the leaf's sibling up. Throws RangeError when there is no such leaf. */
export function inclusionPath(leafHashes: readonly Uint8Array[], index: number): readonly Uint8Array[] {
  if (!Number.isSafeInteger(index) || index < 0 || index >= leafHashes.length) throw new RangeError(`There is no leaf ${index} in a tree of ${leafHashes.length}.`);
  if (leafHashes.length === 1) return [];
  const split = splitPoint(leafHashes.length);
  const left = leafHashes.slice(0, split);
  const right = leafHashes.slice(split);
  return index < split ? [...inclusionPath(left, index), merkleRoot(right)] : [...inclusionPath(right, index - split), merkleRoot(left)];
}

/** The root that a leaf and its audit path lead to (RFC 9162 §2.1.3.2); null when the path does not fit index and size. */
export function rootFromPath(leafHash: Uint8Array, index: number, size: number, path: readonly Uint8Array[]): Uint8Array | null {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) return null;
  let position = index;
  let last = size - 1;
  let root = leafHash;
  for (const sibling of path) {
    if (last === 0 || sibling.length !== hashBytes) return null;
    if (position % 2 === 1 || position === last) {
      root = hashNode(sibling, root);
      while (position % 2 === 0 && position !== 0) [position, last] = [position / 2, Math.floor(last / 2)];
    } else {
      root = hashNode(root, sibling);
    }
    [position, last] = [Math.floor(position / 2), Math.floor(last / 2)];
  }
  return last === 0 ? root : null;
}

/** The largest power of two below `size`. */
export function splitPoint(size: number): number {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
}
