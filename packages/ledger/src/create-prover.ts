import { toBase64 } from './base64.ts';
import { encodeEntry } from './entry-bytes.ts';
import type { InclusionProof } from './inclusion-proof.ts';
import type { VerifiedLedger } from './ledger.ts';
import { hashLeaf, hashNode, splitPoint } from './merkle-tree.ts';

/**
 * Proofs for many entries of one verified ledger, each as `proveInclusion` makes it. Every entry is hashed once, at the first
 * proof; the others cost log2(size) steps. null: there is no such entry.
 */
export function createProver(ledger: VerifiedLedger): (index: number) => InclusionProof | null {
  let tree: Tree | null = null;
  return (index) => {
    const entry = ledger.entries[index];
    if (entry === undefined || ledger.checkpoint === null) return null;
    tree ??= createTree(ledger.entries.map((one) => hashLeaf(encodeEntry(one).bytes)));
    return { schema: 1, index, entry: toBase64(encodeEntry(entry).bytes), path: tree.path(index).map(toBase64), checkpoint: ledger.checkpoint };
  };
}

type Tree = { path(index: number): readonly Uint8Array[] };

/** RFC 9162 §2.1.3.1 with the roots of subtrees kept. Ranges are half-open. */
function createTree(leaves: readonly Uint8Array[]): Tree {
  const roots = new Map<string, Uint8Array>();
  const rootOf = (from: number, to: number): Uint8Array => {
    const leaf = leaves[from];
    if (to - from === 1 && leaf !== undefined) return leaf;
    const name = `${from}-${to}`;
    const known = roots.get(name);
    if (known !== undefined) return known;
    const middle = from + splitPoint(to - from);
    const root = hashNode(rootOf(from, middle), rootOf(middle, to));
    roots.set(name, root);
    return root;
  };
  const pathIn = (index: number, from: number, to: number): readonly Uint8Array[] => {
    if (to - from === 1) return [];
    const middle = from + splitPoint(to - from);
    return index < middle ? [...pathIn(index, from, middle), rootOf(middle, to)] : [...pathIn(index, middle, to), rootOf(from, middle)];
  };
  return { path: (index) => pathIn(index, 0, leaves.length) };
}
