import { emptyRoot, hashBytes, hashNode, merkleRoot, splitPoint } from './merkle-tree.ts';

/** A tree by its size and its root, 32 bytes. */
export type SizedRoot = { readonly size: number; readonly root: Uint8Array };

/**
 * The hashes that show the first `oldSize` leaves to be the tree there was before (RFC 6962 §2.1.2, RFC 9162 §2.1.4.1).
 * Empty for a tree of the same size, and for one of none, which the RFCs leave out. Throws RangeError for a size there was not.
 */
export function consistencyPath(leafHashes: readonly Uint8Array[], oldSize: number): readonly Uint8Array[] {
  if (!Number.isSafeInteger(oldSize) || oldSize < 0 || oldSize > leafHashes.length) throw new RangeError(`There was no tree of ${oldSize} on the way to one of ${leafHashes.length}.`);
  return oldSize === 0 ? [] : subproof(leafHashes, oldSize, true);
}

/** SUBPROOF of the RFCs; `isOldTree` while the subtree is all of the old one, whose root the verifier has. */
function subproof(leafHashes: readonly Uint8Array[], oldSize: number, isOldTree: boolean): readonly Uint8Array[] {
  if (oldSize === leafHashes.length) return isOldTree ? [] : [merkleRoot(leafHashes)];
  const split = splitPoint(leafHashes.length);
  const left = leafHashes.slice(0, split);
  const right = leafHashes.slice(split);
  return oldSize <= split ? [...subproof(left, oldSize, isOldTree), merkleRoot(right)] : [...subproof(right, oldSize - split, false), merkleRoot(left)];
}

/** Whether the path shows `newer` to begin with all of `older` (RFC 9162 §2.1.4.2). Everything extends the empty tree. Never throws. */
export function isExtension(older: SizedRoot, newer: SizedRoot, path: readonly Uint8Array[]): boolean {
  if (![older.size, newer.size].every((size) => Number.isSafeInteger(size) && size >= 0) || older.size > newer.size) return false;
  if (older.size === newer.size) return path.length === 0 && areEqual(older.root, newer.root);
  if (older.size === 0) return path.length === 0 && areEqual(older.root, emptyRoot);
  if (path.some((hash) => hash.length !== hashBytes)) return false;
  const roots = rootsFromPath(older, newer.size, path);
  return roots !== null && areEqual(roots.older, older.root) && areEqual(roots.newer, newer.root);
}

/** The roots of both trees that the path leads to; null when it does not fit the sizes. */
function rootsFromPath(older: SizedRoot, newSize: number, path: readonly Uint8Array[]): { readonly older: Uint8Array; readonly newer: Uint8Array } | null {
  // Of a full tree the root is itself a node of the newer one, so the path leaves it out.
  const [start, ...hashes] = isPowerOfTwo(older.size) ? [older.root, ...path] : path;
  if (start === undefined) return null;
  let [node, last] = [older.size - 1, newSize - 1];
  while (node % 2 === 1) [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
  let [olderRoot, newerRoot] = [start, start];
  for (const hash of hashes) {
    if (last === 0) return null;
    if (node % 2 === 1 || node === last) {
      olderRoot = hashNode(hash, olderRoot);
      newerRoot = hashNode(hash, newerRoot);
      while (node % 2 === 0 && node !== 0) [node, last] = [node / 2, Math.floor(last / 2)];
    } else {
      newerRoot = hashNode(newerRoot, hash);
    }
    [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
  }
  return last === 0 ? { older: olderRoot, newer: newerRoot } : null;
}

const isPowerOfTwo = (size: number): boolean => size === 1 || splitPoint(size) * 2 === size;

const areEqual = (one: Uint8Array, other: Uint8Array): boolean => Buffer.compare(one, other) === 0;
