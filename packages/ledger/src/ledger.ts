import type { LedgerEntry } from './entry.ts';
import type { MerkleRange } from './merkle-tree.ts';

/** What a checkpoint commits to. */
export type TreeHead = {
  readonly origin: string;
  /** Number of entries. */
  readonly size: number;
  /** RFC 6962 SHA-256 root, standard base64. */
  readonly root: string;
};

/** Files of the ledger branch at one commit. Paths use `/`. */
export type LedgerFiles = {
  /** The branch's commit; null when the branch does not exist yet. */
  readonly commit: string | null;
  /** Signed note; null when there is none yet. */
  readonly checkpoint: string | null;
  /** Exact bytes of `entries/<thousand>/<index>.json`, in index order without gaps. */
  readonly entries: readonly Uint8Array[];
};

/** Where the ledger's files live. The GitHub adapter keeps them on an orphan branch; tests may use a folder or memory. */
export type LedgerStore = {
  read(): Promise<LedgerFiles>;
  /**
   * Adds files in one step on top of `parent` (null: the branch must not exist).
   * `conflict` when the branch has moved since: nothing was written. Never forces.
   */
  write(parent: string | null, files: ReadonlyMap<string, Uint8Array>, message: string): Promise<'written' | 'conflict'>;
};

/** A ledger that was read and found intact. */
export type VerifiedLedger = {
  readonly state: 'intact';
  /** The branch's commit; null when there is no branch, or when this is what was just appended and has not been read back. */
  readonly commit: string | null;
  readonly head: TreeHead;
  /** The signed note as text; null for an empty ledger. */
  readonly checkpoint: string | null;
  readonly entries: readonly LedgerEntry[];
  /** The tree over the entries, as far as appending to it needs it. */
  readonly range: MerkleRange;
};

/** One thing that is wrong with a ledger, and exactly where. */
export type LedgerFault = {
  readonly code:
    | 'checkpoint-missing'
    | 'checkpoint-malformed'
    | 'checkpoint-signature'
    | 'checkpoint-origin'
    | 'size-mismatch'
    | 'root-mismatch'
    | 'entry-malformed'
    | 'entry-index'
    | 'entry-chain'
    | 'entry-duplicate-key'
    | 'inconsistent-with-remembered'
    | 'no-trusted-key';
  /** Index of the first entry concerned; null when it concerns the whole. */
  readonly index: number | null;
  readonly message: string;
};

export type LedgerCheck = VerifiedLedger | { readonly state: 'broken'; readonly faults: readonly LedgerFault[] };
