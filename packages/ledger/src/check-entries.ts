import { toBase64 } from './base64.ts';
import { decodeEntry, encodeEntry } from './entry-bytes.ts';
import type { LedgerEntry } from './entry.ts';
import type { LedgerFault, TreeHead } from './ledger.ts';
import { growTree } from './grow-tree.ts';
import { appendLeaf, emptyRange, hashLeaf, rangeRoot } from './merkle-tree.ts';
import type { MerkleRange } from './merkle-tree.ts';

export type EntriesCheck = {
  /** Those that could be read, in order. */
  readonly entries: readonly LedgerEntry[];
  /** The tree over all of them, readable or not. */
  readonly range: MerkleRange;
  /** Root of the first n entries, at each n that was asked for and reached. */
  readonly roots: ReadonlyMap<number, Uint8Array>;
  /** Index of the first entry that is not as the chain of roots says. */
  readonly chainBrokenAt: number | null;
  readonly faults: readonly LedgerFault[];
};

export type EntriesOptions = {
  /** The signed head, which continues the chain of `previousRoot` past the last entry. */
  readonly signed: TreeHead | null;
  /** Roots of how many entries are wanted, each at least as many as are known. */
  readonly sizes: ReadonlySet<number>;
  /** The first entries, when these very bytes were found whole before. */
  readonly known: KnownEntries;
};

export type KnownEntries = { readonly entries: readonly LedgerEntry[]; readonly range: MerkleRange };

export const nothingKnown: KnownEntries = { entries: [], range: emptyRange };

type Slot = { readonly entry: LedgerEntry | null; readonly problem: string };

/** Checks entries among themselves: shape, index, keys, and the chain of `previousRoot`. What is known is not read or hashed again. */
export function checkEntries(files: readonly Uint8Array[], { signed, sizes, known }: EntriesOptions): EntriesCheck {
  const slots = files.map((bytes, index) => readSlot(bytes, known.entries[index]));
  const chain = followChain(slots);
  const { range, roots } = growTree(files, { sizes, from: known.range, before: chain.look });
  const chainBreak = chain.chainBreak();
  const chainBrokenAt = chainBreak === null ? null : placeChainBreak(slots, chainBreak, signed);
  const faults = [...shapeFaults(slots), ...indexFaults(slots), ...keyFaults(slots), ...chainFaults(chainBrokenAt)];
  const entries = slots.map((slot) => slot.entry).filter((entry) => entry !== null);
  return { entries, range, roots, chainBrokenAt, faults: faults.sort((a, b) => (a.index ?? 0) - (b.index ?? 0)) };
}

function readSlot(bytes: Uint8Array, known: LedgerEntry | undefined): Slot {
  if (known !== undefined) return { entry: known, problem: '' };
  const decoded = decodeEntry(bytes);
  return decoded.ok ? { entry: decoded.entry, problem: '' } : { entry: null, problem: decoded.message };
}

/** The first entry whose `previousRoot` disagrees with the entries before it, and what it should say. */
type ChainBreak = { readonly index: number; readonly range: MerkleRange; readonly previousRoot: string };

function followChain(slots: readonly Slot[]): { readonly look: (range: MerkleRange) => void; readonly chainBreak: () => ChainBreak | null } {
  let chainBreak: ChainBreak | null = null;
  const look = (range: MerkleRange): void => {
    const entry = slots[range.size]?.entry ?? null;
    if (chainBreak !== null || entry === null) return;
    const previousRoot = toBase64(rangeRoot(range));
    if (entry.previousRoot !== previousRoot) chainBreak = { index: range.size, range, previousRoot };
  };
  return { look, chainBreak: () => chainBreak };
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
 * What was changed is either the entry before the break, or the one at it. It is that one when it stands under another number, or
 * when with the right root in it the record goes on as it should.
 */
function placeChainBreak(slots: readonly Slot[], { index, range, previousRoot }: ChainBreak, signed: TreeHead | null): number {
  const entry = slots[index]?.entry;
  if (index === 0 || !entry || entry.index !== index) return index;
  const recordedRoot = slots[index + 1]?.entry?.previousRoot ?? (signed?.size === index + 1 ? signed.root : undefined);
  const repaired = encodeEntry({ ...entry, previousRoot });
  return recordedRoot === toBase64(rangeRoot(appendLeaf(range, hashLeaf(repaired.bytes)))) ? index : index - 1;
}
