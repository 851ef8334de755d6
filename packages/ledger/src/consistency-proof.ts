import * as z from 'zod';
import { fromBase64, toBase64 } from './base64.ts';
import { openCheckpoint } from './checkpoint.ts';
import type { CheckpointCode } from './checkpoint.ts';
import { consistencyPath, isExtension } from './consistency-path.ts';
import { encodeEntry } from './entry-bytes.ts';
import type { TreeHead, VerifiedLedger } from './ledger.ts';
import { hashLeaf, merkleRoot } from './merkle-tree.ts';

/** A proof in one document: the ledger of the newer checkpoint begins with all of the older one's. */
export const consistencyProof = z.strictObject({
  schema: z.literal(1),
  /** The signed note that was remembered, as text. */
  older: z.string(),
  /** Consistency path (RFC 9162 §2.1.4), standard base64. */
  path: z.array(z.base64()).max(64),
  /** The signed note of the ledger as it is now. */
  newer: z.string(),
});
export type ConsistencyProof = z.infer<typeof consistencyProof>;

export type ConsistencyCheck =
  | { readonly ok: true; readonly older: TreeHead; readonly newer: TreeHead }
  | { readonly ok: false; readonly code: CheckpointCode | 'proof-malformed' | 'other-origin' | 'not-consistent'; readonly message: string };

/** The proof that a verified ledger begins with what an older checkpoint signed. null: it does not, or it is another ledger. */
export function proveConsistency(ledger: VerifiedLedger, older: { readonly head: TreeHead; readonly text: string }): ConsistencyProof | null {
  const { origin, size, root } = older.head;
  if (ledger.checkpoint === null || origin !== ledger.head.origin || size > ledger.entries.length) return null;
  const hashes = ledger.entries.map((entry) => hashLeaf(encodeEntry(entry).bytes));
  if (toBase64(merkleRoot(hashes.slice(0, size))) !== root) return null;
  return { schema: 1, older: older.text, path: consistencyPath(hashes, size).map(toBase64), newer: ledger.checkpoint };
}

/**
 * Checks a proof offline against trusted verifier keys. Which ledger it speaks of is `newer.origin`, for the caller to compare.
 * Never throws on a bad document.
 */
export function verifyConsistency(proof: unknown, keys: readonly string[]): ConsistencyCheck {
  const parsed = consistencyProof.safeParse(proof);
  if (!parsed.success) return { ok: false, code: 'proof-malformed', message: 'This is not a consistency proof: schema, older, path and newer are expected.' };
  const older = openCheckpoint(parsed.data.older, keys);
  if (!older.ok) return older;
  const newer = openCheckpoint(parsed.data.newer, keys);
  if (!newer.ok) return newer;
  if (older.head.origin !== newer.head.origin) return { ok: false, code: 'other-origin', message: `The older checkpoint is of ${older.head.origin} and the newer one of ${newer.head.origin}.` };
  const path = parsed.data.path.map(fromBase64).filter((hash) => hash !== null);
  if (path.length !== parsed.data.path.length) return { ok: false, code: 'proof-malformed', message: 'The proof’s path is not canonical base64.' };
  if (!isExtension(treeOf(older.head), treeOf(newer.head), path)) return { ok: false, code: 'not-consistent', message: `The proof does not lead to both roots: ${newer.head.size} entries of ${newer.head.origin} are not shown to begin with the ${older.head.size} of the older checkpoint.` };
  return { ok: true, older: older.head, newer: newer.head };
}

const treeOf = ({ size, root }: TreeHead) => ({ size, root: fromBase64(root) ?? new Uint8Array() });
