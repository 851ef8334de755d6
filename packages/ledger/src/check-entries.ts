import { toBase64 } from './base64.ts';
import { decodeEntry, encodeEntry } from './entry-bytes.ts';
import type { LedgerEntry } from './entry.ts';
import type { LedgerFault, TreeHead } from './ledger.ts';
import { appendLeaf, emptyRange, hashLeaf, rangeRoot } from './merkle-tree.ts';
import type { MerkleRange } from './merkle-tree.ts';

export type EntriesCheck = {
  /** Those that could be read, in order. */
  readonly entries: readonly LedgerEntry[];
  /** Root of the first n entries at n: one more than there are entries. */
  readonly roots: readonly Uint8Array[];
  /** Index of the first entry that is not as the chain of roots says. */
  readonly chainBrokenAt: number | null;
  readonly faults: readonly LedgerFault[];
};

type Slot = { readonly leafHash: Uint8Array; readonly entry: LedgerEntry | null; readonly problem: string };

/** Checks entries among themselves: shape, index, keys, and the chain of `previousRoot`, which a signed head continues past the last entry. */
export function checkEntries(files: readonly Uint8Array[], signed: TreeHead | null): EntriesCheck {
  const slots = files.map(readSlot);
  const ranges = growRanges(slots);
  const roots = ranges.map(rangeRoot);
  const chainBrokenAt = findChainBreak(slots, ranges, roots.map(toBase64), signed);
  const faults = [...shapeFaults(slots), ...indexFaults(slots), ...keyFaults(slots), ...chainFaults(chainBrokenAt)];
  const entries = slots.map((slot) => slot.entry).filter((entry) => entry !== null);
  return { entries, roots, chainBrokenAt, faults: faults.sort((a, b) => (a.index ?? 0) - (b.index ?? 0)) };
}

function readSlot(bytes: Uint8Array): Slot {
  const decoded = decodeEntry(bytes);
  return { leafHash: hashLeaf(bytes), entry: decoded.ok ? decoded.entry : null, problem: decoded.ok ? '' : decoded.message };
}

function growRanges(slots: readonly Slot[]): readonly MerkleRange[] {
  let range = emptyRange;
  return [range, ...slots.map((slot) => (range = appendLeaf(range, slot.leafHash)))];
}

const shapeFaults = (slots: readonly Slot[]): readonly LedgerFault[] =>
  slots.flatMap((slot, index) => (slot.entry === null ? [{ code: 'entry-malformed' as const, index, message: `Entry ${index} cannot be read: ${slot.problem}.` }] : []));

/** One fault where the numbering jumps, not one for every entry after it. */
function indexFaults(slots: readonly Slot[]): readonly LedgerFault[] {
  let shift = 0;
  return slots.flatMap(({ entry }, index) => {
    if (entry === null || entry.index - index === shift) return [];
    shift = entry.index - index;
    return shift === 0 ? [] : [{ code: 'entry-index' as const, index, message: `In the place of entry ${index} stands one that calls itself ${entry.index}: entries were dropped, added or put in another order.` }];
  });
}

function keyFaults(slots: readonly Slot[]): readonly LedgerFault[] {
  const firstUse = new Map<string, number>();
  return slots.flatMap(({ entry }, index) => {
    if (entry === null) return [];
    const earlier = firstUse.get(entry.key);
    if (earlier !== undefined) return [{ code: 'entry-duplicate-key' as const, index, message: `Entry ${index} has the key “${entry.key}” of entry ${earlier}.` }];
    firstUse.set(entry.key, index);
    return [];
  });
}

const chainFaults = (index: number | null): readonly LedgerFault[] =>
  index === null ? [] : [{ code: 'entry-chain', index, message: `Entry ${index} is not the one that was recorded there: the entries around it carry another root.` }];

/**
 * Where a `previousRoot` first disagrees with the entries before it. What was changed is then either the entry before, or this one.
 * It is this one when it stands under another number, or when with the right root in it the record goes on as it should.
 */
function findChainBreak(slots: readonly Slot[], ranges: readonly MerkleRange[], roots: readonly string[], signed: TreeHead | null): number | null {
  const broken = slots.findIndex(({ entry }, index) => entry !== null && entry.previousRoot !== roots[index]);
  if (broken === -1) return null;
  const entry = slots[broken]?.entry;
  const range = ranges[broken];
  const previousRoot = roots[broken];
  if (broken === 0 || !entry || range === undefined || previousRoot === undefined || entry.index !== broken) return broken;
  const recordedRoot = slots[broken + 1]?.entry?.previousRoot ?? (signed?.size === broken + 1 ? signed.root : undefined);
  const repaired = encodeEntry({ ...entry, previousRoot });
  return recordedRoot === toBase64(rangeRoot(appendLeaf(range, hashLeaf(repaired.bytes)))) ? broken : broken - 1;
}
