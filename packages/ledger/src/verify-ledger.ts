import { toBase64 } from './base64.ts';
import { openCheckpoint } from './checkpoint.ts';
import { checkEntries } from './check-entries.ts';
import type { EntriesCheck } from './check-entries.ts';
import type { LedgerCheck, LedgerFault, LedgerFiles, TreeHead } from './ledger.ts';
import { parseVerifierKey } from './signed-note.ts';

export type VerifyOptions = {
  readonly origin: string;
  /** Trusted verifier keys, `name+hash+base64`. */
  readonly keys: readonly string[];
  /** Heads of this ledger known from elsewhere (tags, releases), their signatures already checked. */
  readonly remembered?: readonly TreeHead[];
};

/**
 * Says intact, or every fault and where it is. Hashes each entry once; every prefix root costs at most log2(n) further node hashes.
 * Never throws on bad bytes. A ledger without a branch is intact and empty unless a remembered head says that there was more.
 */
export function verifyLedger(files: LedgerFiles, options: VerifyOptions): LedgerCheck {
  const checkpoint = checkCheckpoint(files, options);
  const entries = checkEntries(files.entries, checkpoint.head);
  const faults = [
    ...checkpoint.faults,
    ...entries.faults,
    ...(checkpoint.head === null ? [] : compareWithHead(entries, checkpoint.head)),
    ...compareWithRemembered(entries, options),
  ];
  if (faults.length > 0) return { state: 'broken', faults };
  const head = checkpoint.head ?? { origin: options.origin, size: 0, root: rootAt(entries, 0) };
  return { state: 'intact', commit: files.commit, head, checkpoint: files.checkpoint, entries: entries.entries };
}

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

function compareWithHead(check: EntriesCheck, head: TreeHead): readonly LedgerFault[] {
  const faults: LedgerFault[] = [];
  const size = check.roots.length - 1;
  if (head.size !== size) {
    const index = Math.min(head.size, size);
    faults.push({ code: 'size-mismatch', index, message: head.size > size ? `The checkpoint says ${head.size} entries and there are ${size}: entries from ${index} on are missing.` : `The checkpoint says ${head.size} entries and there are ${size}: entries from ${index} on are vouched for by nobody.` });
  }
  const root = check.roots[head.size];
  if (root === undefined || toBase64(root) === head.root) return faults;
  // With the chain whole, every entry but the last is vouched for by the one after it.
  const index = check.chainBrokenAt ?? Math.max(0, head.size - 1);
  faults.push({ code: 'root-mismatch', index: head.size === 0 ? null : index, message: `The first ${head.size} entries do not have the root that the checkpoint signs; the first that was changed is entry ${index}.` });
  return faults;
}

function compareWithRemembered(check: EntriesCheck, { origin, remembered = [] }: VerifyOptions): readonly LedgerFault[] {
  const faults: LedgerFault[] = [];
  let agreedSize = 0;
  for (const head of remembered.toSorted((a, b) => a.size - b.size)) {
    const root = check.roots[head.size];
    const problem = (index: number | null, message: string) => faults.push({ code: 'inconsistent-with-remembered', index, message });
    if (head.origin !== origin) problem(null, `A remembered checkpoint is of ${head.origin}, not of ${origin}.`);
    else if (root === undefined) problem(check.roots.length - 1, `A remembered checkpoint knows ${head.size} entries and there are ${check.roots.length - 1}: the end was cut off.`);
    else if (toBase64(root) === head.root) agreedSize = head.size;
    else problem(agreedSize, `The first ${head.size} entries are not those of a remembered checkpoint: between entry ${agreedSize} and entry ${head.size - 1} the record was rewritten.`);
  }
  return faults;
}

function rootAt(check: EntriesCheck, size: number): string {
  const root = check.roots[size];
  if (root === undefined) throw new RangeError(`There is no root of ${size} entries.`);
  return toBase64(root);
}
