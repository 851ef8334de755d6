import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashLeaf, inclusionPath, merkleRoot, rootFromPath } from './merkle-tree.ts';

const hex = (bytes: Uint8Array | null): string | null => (bytes === null ? null : Buffer.from(bytes).toString('hex'));

/** The leaves and roots that Certificate Transparency implementations of RFC 6962 have long been tested with. */
const publishedLeaves = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const publishedRoots = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const publishedHashes = publishedLeaves.map((leaf) => hashLeaf(Buffer.from(leaf, 'hex')));

/** RFC 6962 §2.1 as it is written, for comparison. */
function naiveRoot(leaves: readonly Uint8Array[]): Uint8Array {
  const sha256 = (...parts: readonly Uint8Array[]): Uint8Array => createHash('sha256').update(Buffer.concat(parts)).digest();
  const [first] = leaves;
  if (first === undefined) return sha256();
  if (leaves.length === 1) return sha256(Buffer.from([0]), first);
  const split = 2 ** Math.ceil(Math.log2(leaves.length) - 1);
  return sha256(Buffer.from([1]), naiveRoot(leaves.slice(0, split)), naiveRoot(leaves.slice(split)));
}

const leafLists = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 70 });

describe('the Merkle tree hash', () => {
  it.each(publishedRoots.map((root, size) => ({ root, size })))('has the published root over the first $size leaves', ({ root, size }) => {
    expect(hex(merkleRoot(publishedHashes.slice(0, size)))).toBe(root);
  });

  it.each([
    { index: 0, size: 8, path: ['96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7', '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e', '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4'] },
    { index: 5, size: 8, path: ['bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b', 'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0', 'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7'] },
    { index: 2, size: 3, path: ['fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125'] },
    { index: 0, size: 1, path: [] },
  ])('has the published path of leaf $index among $size', ({ index, size, path }) => {
    expect(inclusionPath(publishedHashes.slice(0, size), index).map(hex)).toEqual(path);
  });

  it('is that of the RFC’s recursive definition for any leaves', () => {
    fc.assert(fc.property(leafLists, (leaves) => hex(merkleRoot(leaves.map(hashLeaf))) === hex(naiveRoot(leaves))));
  });
});

describe('inclusion paths', () => {
  it('lead every leaf to the root', () => {
    fc.assert(
      fc.property(leafLists, (leaves) => {
        const hashes = leaves.map(hashLeaf);
        const root = hex(merkleRoot(hashes));
        return hashes.every((hash, index) => hex(rootFromPath(hash, index, hashes.length, inclusionPath(hashes, index))) === root);
      }),
      { numRuns: 40 },
    );
  });

  it('do not lead to the root for another leaf, a changed hash, or a longer or shorter path', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 40 }), fc.nat(), fc.nat(), (size, pick, at) => {
        const hashes = Array.from({ length: size }, (_, number) => hashLeaf(Buffer.from([number])));
        const root = hex(merkleRoot(hashes));
        const index = pick % size;
        const path = inclusionPath(hashes, index);
        const leaf = hashes[index] ?? hashLeaf(Buffer.from([]));
        const leads = (hash: Uint8Array, changed: readonly Uint8Array[]): boolean => hex(rootFromPath(hash, index, size, changed)) === root;
        const other = hashLeaf(Buffer.from('other'));
        expect(leads(leaf, path)).toBe(true);
        expect(leads(other, path)).toBe(false);
        expect(leads(leaf, path.with(at % path.length, other))).toBe(false);
        expect(leads(leaf, [...path, other])).toBe(false);
        expect(leads(leaf, path.slice(0, -1))).toBe(false);
      }),
    );
  });

  it.each([
    ['an index beyond the tree', 8, 8],
    ['an index below zero', -1, 8],
    ['a fraction', 0.5, 8],
    ['an empty tree', 0, 0],
  ])('are refused for %s', (_name, index, size) => {
    expect(() => inclusionPath(publishedHashes.slice(0, size), index)).toThrow(RangeError);
    expect(rootFromPath(hashLeaf(Buffer.from([])), index, size, [])).toBeNull();
  });
});
