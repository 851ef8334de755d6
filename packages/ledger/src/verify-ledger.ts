import { toBase64 } from './base64.ts';
import { openCheckpoint } from './checkpoint.ts';
import { checkEntries, nothingKnown } from './check-entries.ts';
import type { EntriesCheck } from './check-entries.ts';
import { growTree } from './grow-tree.ts';
import type { LedgerCheck, LedgerFault, LedgerFiles, TreeHead, VerifiedLedger } from './ledger.ts';
import { emptyRange, emptyRoot } from './merkle-tree.ts';
import { cutOff, ofAnother, rewritten } from './find-inconsistency.ts';
import { parseVerifierKey } from './signed-note.ts';

export type VerifyOptions = {
  readonly origin: string;
  /** Trusted verifier keys, `name+hash+base64`. */
  readonly keys: readonly string[];
  /** Heads of this ledger known from elsewhere (tags, releases), their signatures already checked. */
  readonly remembered?: readonly TreeHead[];
};

/** A reading that was found intact, with the bytes that it is of. */
export type KnownLedger = { readonly files: LedgerFiles; readonly ledger: VerifiedLedger };

/**
 * Says intact, or every fault and where it is. Hashes each entry once; every prefix root costs at most log2(n) further node hashes.
 * Never throws on bad bytes. A ledger without a branch is intact and empty unless a remembered head says that there was more.
 */
export const verifyLedger = (files: LedgerFiles, options: VerifyOptions): LedgerCheck => checkLedger(files, options, null);

/** Bytes that a trusted key vouches for. */
export type VerifiedBytes = Pick<VerifiedLedger, 'state' | 'commit' | 'head' | 'checkpoint'>;

export type BytesCheck = VerifiedBytes | Extract<LedgerCheck, { readonly state: 'broken' }>;

/**
 * Says whether these are the bytes that a trusted key signed, and that every remembered head knows, and reads no entry: whether each can be read
 * only `verifyLedger` says. Hashes each entry once, and one node for each. Of bytes that are not those, it says what `verifyLedger` says.
 * Never throws on bad bytes.
 */
export function verifyBytes(files: LedgerFiles, options: VerifyOptions): BytesCheck {
  const { remembered = [] } = options;
  const { head, faults } = checkCheckpoint(files, options);
  const tree = growTree(files.entries, { from: emptyRange, sizes: sizesOf(files, head, remembered) });
  const unread = { ...tree, chainBrokenAt: null };
  const isAsSigned = faults.length === 0 && (head === null || compareWithHead(unread, head).length === 0) && compareWithRemembered(unread, options.origin, remembered).length === 0;
  if (!isAsSigned) return verifyLedger(files, options);
  return { state: 'intact', commit: files.commit, head: head ?? emptyHead(options.origin), checkpoint: files.checkpoint };
}

/**
 * Verifies the same ledger again and again, each reading whole, and reads and hashes only what came since the last one that was intact.
 * What was once found is remembered: a ledger that no longer begins with it is broken.
 */
export function createLedgerVerifier(options: VerifyOptions): LedgerVerifier {
  let known: KnownLedger | null = null;
  return (files) => {
    const check = checkLedger(files, options, known);
    if (check.state === 'intact') known = { files, ledger: check };
    return check;
  };
}

export type LedgerVerifier = (files: LedgerFiles) => LedgerCheck;

function checkLedger(files: LedgerFiles, options: VerifyOptions, known: KnownLedger | null): LedgerCheck {
  const remembered = known === null ? (options.remembered ?? []) : [...(options.remembered ?? []), known.ledger.head];
  const checkpoint = checkCheckpoint(files, options);
  const sizes = sizesOf(files, checkpoint.head, remembered);
  const isGrown = known !== null && [...sizes].every((size) => size >= known.ledger.head.size) && beginsWith(files, known.files);
  const entries = checkEntries(files.entries, { signed: checkpoint.head, sizes, known: isGrown ? known.ledger : nothingKnown });
  const faults = [
    ...checkpoint.faults,
    ...entries.faults,
    ...(checkpoint.head === null ? [] : compareWithHead(entries, checkpoint.head)),
    ...compareWithRemembered(entries, options.origin, remembered),
  ];
  if (faults.length > 0) return { state: 'broken', faults };
  const head = checkpoint.head ?? emptyHead(options.origin);
  return { state: 'intact', commit: files.commit, head, checkpoint: files.checkpoint, entries: entries.entries, range: entries.range };
}

const emptyHead = (origin: string): TreeHead => ({ origin, size: 0, root: toBase64(emptyRoot) });

const sizesOf = (files: LedgerFiles, head: TreeHead | null, remembered: readonly TreeHead[]): ReadonlySet<number> =>
  new Set([files.entries.length, ...(head === null ? [] : [head.size]), ...remembered.map(({ size }) => size)]);

const beginsWith = (files: LedgerFiles, known: LedgerFiles): boolean => known.entries.every((bytes, index) => isSame(bytes, files.entries[index]));

const isSame = (one: Uint8Array, other: Uint8Array | undefined): boolean => one === other || (other !== undefined && Buffer.compare(one, other) === 0);

function checkCheckpoint(files: LedgerFiles, { origin, keys }: VerifyOptions): { readonly head: TreeHead | null; readonly faults: readonly LedgerFault[] } {
  if (!keys.some((key) => parseVerifierKey(key) !== null)) return broken('no-trusted-key', 'No usable verifier key was given, so nothing can be vouched for. Put the ledger’s verifier key into the policy under ledger.keys.');
  if (files.checkpoint === null) {
    const hasNothing = files.commit === null && files.entries.length === 0;
    return hasNothing ? { head: null, faults: [] } : broken('checkpoint-missing', 'The ledger’s branch has no checkpoint.');
  }
  const opened = openCheckpoint(files.checkpoint, keys);
  if (!opened.ok) return broken(opened.code, opened.message);
  if (opened.head.origin !== origin) return broken('checkpoint-origin', `The checkpoint is of ${opened.head.origin}, not of ${origin}.`);
  return { head: opened.head, faults: [] };
}

const broken = (code: LedgerFault['code'], message: string) => ({ head: null, faults: [{ code, index: null, message }] });

type TreeLook = Pick<EntriesCheck, 'range' | 'roots' | 'chainBrokenAt'>;

function compareWithHead(check: TreeLook, head: TreeHead): readonly LedgerFault[] {
  const faults: LedgerFault[] = [];
  const { size } = check.range;
  if (head.size !== size) {
    const index = Math.min(head.size, size);
    faults.push({ code: 'size-mismatch', index, message: head.size > size ? `The checkpoint says ${head.size} entries and there are ${size}: entries from ${index} on are missing.` : `The checkpoint says ${head.size} entries and there are ${size}: entries from ${index} on are vouched for by nobody.` });
  }
  const root = check.roots.get(head.size);
  if (root === undefined || toBase64(root) === head.root) return faults;
  // With the chain whole, every entry but the last is vouched for by the one after it.
  const index = check.chainBrokenAt ?? Math.max(0, head.size - 1);
  faults.push({ code: 'root-mismatch', index: head.size === 0 ? null : index, message: `The first ${head.size} entries do not have the root that the checkpoint signs; the first that was changed is entry ${index}.` });
  return faults;
}

function compareWithRemembered(check: TreeLook, origin: string, remembered: readonly TreeHead[]): readonly LedgerFault[] {
  const faults: LedgerFault[] = [];
  let agreedSize = 0;
  for (const head of remembered.toSorted((a, b) => a.size - b.size)) {
    const root = check.roots.get(head.size);
    if (head.origin !== origin) faults.push(ofAnother(head, origin));
    else if (root === undefined) faults.push(cutOff(head, check.range.size));
    else if (toBase64(root) === head.root) agreedSize = head.size;
    else faults.push(rewritten(head, agreedSize));
  }
  return faults;
}
