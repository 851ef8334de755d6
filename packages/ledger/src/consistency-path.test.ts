import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { consistencyPath, isExtension } from './consistency-path.ts';
import type { SizedRoot } from './consistency-path.ts';
import { hashLeaf, hashNode, merkleRoot } from './merkle-tree.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** The leaves that Certificate Transparency implementations of RFC 6962 have long been tested with. */
const publishedLeaves = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const publishedHashes = publishedLeaves.map((leaf) => hashLeaf(Buffer.from(leaf, 'hex')));

/** A leaf of its own for each number. */
const leaf = (number: number): Uint8Array => hashLeaf(Buffer.from(`leaf ${number}`));
const leaves = (count: number): readonly Uint8Array[] => Array.from({ length: count }, (_, number) => leaf(number));
const treeOf = (hashes: readonly Uint8Array[]): SizedRoot => ({ size: hashes.length, root: merkleRoot(hashes) });
const other = hashLeaf(Buffer.from('other'));

/** Two sizes of one growing tree, the older a true part that is not empty. */
const sizes = fc.tuple(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 60 })).map(([older, added]) => ({ older, newer: older + added }));

describe('consistency paths', () => {
  it.each([
    { older: 1, newer: 1, path: [] },
    { older: 1, newer: 8, path: ['96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7', '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e', '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4'] },
    { older: 6, newer: 8, path: ['0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a', 'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0', 'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7'] },
    { older: 2, newer: 5, path: ['5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e', 'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b'] },
  ])('are the published ones from $older to $newer leaves', ({ older, newer, path }) => {
    const hashes = publishedHashes.slice(0, newer);
    expect(consistencyPath(hashes, older).map(hex)).toEqual(path);
    expect(isExtension(treeOf(hashes.slice(0, older)), treeOf(hashes), consistencyPath(hashes, older))).toBe(true);
  });

  it('are those of the example of RFC 6962 §2.1.3, a tree of seven leaves', () => {
    const hashes = leaves(7);
    const [a, b, c, d, e, f, j] = hashes as readonly [Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array];
    const [g, h, i] = [hashNode(a, b), hashNode(c, d), hashNode(e, f)];
    const [k, l] = [hashNode(g, h), hashNode(i, j)];
    expect(consistencyPath(hashes, 3)).toEqual([c, d, g, l]);
    expect(consistencyPath(hashes, 4)).toEqual([l]);
    expect(consistencyPath(hashes, 6)).toEqual([i, j, k]);
  });

  it('show every tree up to 70 leaves to begin with every smaller one', () => {
    for (let newer = 0; newer <= 70; newer += 1) {
      const hashes = leaves(newer);
      for (let older = 0; older <= newer; older += 1) expect(isExtension(treeOf(hashes.slice(0, older)), treeOf(hashes), consistencyPath(hashes, older)), `${older} of ${newer}`).toBe(true);
    }
  });

  it('are no longer than two hashes a level', () => {
    fc.assert(fc.property(sizes, ({ older, newer }) => consistencyPath(leaves(newer), older).length <= Math.ceil(Math.log2(newer)) + 1));
  });

  it.each([8, -1, 0.5, Number.NaN])('are not made from %s leaves of 7', (size) => {
    expect(() => consistencyPath(leaves(7), size)).toThrow(RangeError);
  });
});

describe('a tree is not taken for an extension', () => {
  it('when any leaf of the older part was changed', () => {
    fc.assert(
      fc.property(sizes, fc.nat(), ({ older, newer }, pick) => {
        const [before, after] = [leaves(older), leaves(newer).with(pick % older, other)];
        expect(isExtension(treeOf(before), treeOf(after), consistencyPath(after, older))).toBe(false);
        expect(isExtension(treeOf(before), treeOf(after), consistencyPath(leaves(newer), older))).toBe(false);
      }),
    );
  });

  it('when a hash of the path was changed, left out, added or moved', () => {
    fc.assert(
      fc.property(sizes, fc.nat(), ({ older, newer }, pick) => {
        const hashes = leaves(newer);
        const path = consistencyPath(hashes, older);
        const at = pick % path.length;
        const leads = (changed: readonly Uint8Array[]): boolean => isExtension(treeOf(hashes.slice(0, older)), treeOf(hashes), changed);
        expect(leads(path)).toBe(true);
        expect(leads(path.with(at, other))).toBe(false);
        expect(leads(path.toSpliced(at, 1))).toBe(false);
        expect(leads(path.toSpliced(at, 0, other))).toBe(false);
        expect(leads([...path, other])).toBe(false);
        expect(leads(path.with(at, path[at]?.subarray(1) ?? other))).toBe(false);
        if (path.length > 1) expect(leads(path.toReversed())).toBe(false);
      }),
    );
  });

  it('under another size or root than its own', () => {
    fc.assert(
      fc.property(sizes, ({ older, newer }) => {
        const hashes = leaves(newer);
        const [from, to, path] = [treeOf(hashes.slice(0, older)), treeOf(hashes), consistencyPath(hashes, older)];
        expect(isExtension({ ...from, root: other }, to, path)).toBe(false);
        expect(isExtension(from, { ...to, root: other }, path)).toBe(false);
        expect(isExtension(to, from, path)).toBe(false);
        expect(isExtension(treeOf(leaves(older + 1)), to, path)).toBe(false);
      }),
    );
  });

  it.each<[string, SizedRoot, SizedRoot, readonly Uint8Array[]]>([
    ['of the same size with another root', treeOf(leaves(3)), { size: 3, root: other }, []],
    ['of the same size with a path', treeOf(leaves(3)), treeOf(leaves(3)), [other]],
    ['of an empty tree with a root of its own', { size: 0, root: other }, treeOf(leaves(3)), []],
    ['of an empty tree with a path', treeOf([]), treeOf(leaves(3)), [other]],
    ['of a full tree without a path', treeOf(leaves(2)), treeOf(leaves(3)), []],
    ['of a tree that is not full without a path', treeOf(leaves(3)), treeOf(leaves(5)), []],
    ['of half a leaf', { size: 0.5, root: other }, treeOf(leaves(3)), []],
    ['of less than nothing', { size: -1, root: other }, treeOf(leaves(3)), []],
    ['of a size beyond what is exact', treeOf(leaves(3)), { size: 2 ** 53, root: other }, [other]],
  ])('%s', (_name, older, newer, path) => {
    expect(isExtension(older, newer, path)).toBe(false);
  });
});
