import * as z from 'zod';
import { fromBase64, toBase64 } from './base64.ts';
import { openCheckpoint } from './checkpoint.ts';
import type { CheckpointCode } from './checkpoint.ts';
import { decodeEntry, encodeEntry } from './entry-bytes.ts';
import type { LedgerEntry } from './entry.ts';
import type { TreeHead, VerifiedLedger } from './ledger.ts';
import { hashLeaf, inclusionPath, rootFromPath } from './merkle-tree.ts';

/** A proof in one document: this entry is in the ledger that this checkpoint signs. */
export const inclusionProof = z.strictObject({
  schema: z.literal(1),
  index: z.int().nonnegative(),
  /** The entry's exact bytes, standard base64. */
  entry: z.base64(),
  /** Audit path (RFC 9162 §2.1.3) from the leaf up, standard base64. */
  path: z.array(z.base64()).max(64),
  /** The signed note as text. */
  checkpoint: z.string(),
});
export type InclusionProof = z.infer<typeof inclusionProof>;

export type InclusionCheck =
  | { readonly ok: true; readonly head: TreeHead; readonly entry: LedgerEntry }
  | { readonly ok: false; readonly code: CheckpointCode | 'proof-malformed' | 'entry-malformed' | 'not-included'; readonly message: string };

/** The proof for one entry of a verified ledger. null: there is no such entry. */
export function proveInclusion(ledger: VerifiedLedger, index: number): InclusionProof | null {
  const leaves = ledger.entries.map((entry) => encodeEntry(entry).bytes);
  const leaf = leaves[index];
  if (leaf === undefined || ledger.checkpoint === null) return null;
  return { schema: 1, index, entry: toBase64(leaf), path: inclusionPath(leaves.map(hashLeaf), index).map(toBase64), checkpoint: ledger.checkpoint };
}

/**
 * Checks a proof offline against trusted verifier keys. Which ledger it speaks of is `head.origin`, for the caller to compare.
 * Never throws on a bad document.
 */
export function verifyInclusion(proof: unknown, keys: readonly string[]): InclusionCheck {
  const parsed = inclusionProof.safeParse(proof);
  if (!parsed.success) return { ok: false, code: 'proof-malformed', message: 'This is not an inclusion proof: schema, index, entry, path and checkpoint are expected.' };
  const { index, checkpoint } = parsed.data;
  const opened = openCheckpoint(checkpoint, keys);
  if (!opened.ok) return opened;
  const bytes = fromBase64(parsed.data.entry);
  const path = parsed.data.path.map(fromBase64);
  if (bytes === null || path.includes(null)) return { ok: false, code: 'proof-malformed', message: 'The proof’s entry or path is not canonical base64.' };
  const root = rootFromPath(hashLeaf(bytes), index, opened.head.size, path.filter((hash) => hash !== null));
  if (root === null || toBase64(root) !== opened.head.root) return { ok: false, code: 'not-included', message: `The proof does not lead to the checkpoint’s root: entry ${index} is not shown to be in ${opened.head.origin}.` };
  const decoded = decodeEntry(bytes);
  if (!decoded.ok) return { ok: false, code: 'entry-malformed', message: `The proof’s entry cannot be read: ${decoded.message}.` };
  if (decoded.entry.index !== index) return { ok: false, code: 'entry-malformed', message: `The proof is for entry ${index} and holds entry ${decoded.entry.index}.` };
  return { ok: true, head: opened.head, entry: decoded.entry };
}
