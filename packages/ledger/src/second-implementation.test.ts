import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { consistencyPath } from './consistency-path.ts';
import { hashLeaf, inclusionPath, merkleRoot } from './merkle-tree.ts';

const script = join(import.meta.dirname, '../testdata/rfc6962.py');
const largest = 130;

const hasPython = spawnSync('python3', ['-c', 'import sys; sys.exit(sys.version_info < (3, 8))']).status === 0;
if (!hasPython) console.warn('The Merkle tree is not held against its second implementation: there is no python3 of 3.8 or later on this machine.');

type Document = { readonly leaves: readonly string[]; readonly trees: readonly { readonly size: number; readonly root: string; readonly inclusion: readonly (readonly string[])[]; readonly consistency: readonly (readonly string[])[] }[] };

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** What our implementation says of the trees over the first leaves, every path of them. */
function documentOf(leaves: readonly Uint8Array[], sizes: readonly number[]): Document {
  const hashes = leaves.map(hashLeaf);
  const trees = sizes.map((size) => {
    const part = hashes.slice(0, size);
    return {
      size,
      root: hex(merkleRoot(part)),
      inclusion: part.map((_, index) => inclusionPath(part, index).map(hex)),
      consistency: Array.from({ length: size + 1 }, (_, older) => consistencyPath(part, older).map(hex)),
    };
  });
  return { leaves: leaves.map(hex), trees };
}

function holdAgainstPython(document: Document): { readonly compared: number; readonly differing: readonly string[] } {
  const { status, stdout, stderr } = spawnSync('python3', ['-B', script], { input: JSON.stringify(document), encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return JSON.parse(stdout) as { compared: number; differing: string[] };
}

describe.skipIf(!hasPython)('a second implementation of RFC 6962, in Python', () => {
  it(`has the same roots and paths for every size from 0 to ${largest}`, () => {
    const leaves = Array.from({ length: largest }, (_, number) => Buffer.from(`leaf ${number}`));
    const sizes = Array.from({ length: largest + 1 }, (_, size) => size);
    const paths = sizes.reduce((sum, size) => sum + size + size + 1, 0);
    expect(holdAgainstPython(documentOf(leaves, sizes))).toEqual({ compared: sizes.length + paths, differing: [] });
  }, 120_000);

  it('has the same for leaves of any bytes', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { minLength: 1, maxLength: 300 }), (leaves) => {
        expect(holdAgainstPython(documentOf(leaves, [leaves.length])).differing).toEqual([]);
      }),
      { numRuns: 10 },
    );
  }, 120_000);

  it('notices a root or a path that is another', () => {
    const document = documentOf([0, 1, 2, 3, 4].map((number) => Buffer.from([number])), [5]);
    const [tree] = document.trees;
    if (tree === undefined) throw new Error('There is no tree.');
    const changed = { ...tree, inclusion: tree.inclusion.with(1, tree.inclusion[0] ?? []), consistency: tree.consistency.with(3, tree.consistency[2] ?? []).with(4, []) };
    expect(holdAgainstPython({ ...document, trees: [changed] }).differing).toEqual(['path of leaf 1 of 5', 'consistency of 3 and 5', 'consistency of 4 and 5']);
    expect(holdAgainstPython({ ...document, trees: [{ ...tree, root: '00'.repeat(32) }] }).differing).toContain('root of 5');
  });
});
