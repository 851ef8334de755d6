import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { AppendContext } from './append.ts';
import { signCheckpoint } from './checkpoint.ts';
import { decodeEntry, encodeEntry } from './entry-bytes.ts';
import type { LedgerEntry } from './entry.ts';
import { testEntry, testKeyPem, testLedgerOf, testOrigin } from './ledger-builder.ts';
import type { LedgerFiles, TreeHead } from './ledger.ts';
import { hashLeaf, merkleRoot } from './merkle-tree.ts';
import { signNote, verifierKey } from './signed-note.ts';
import { verifyBytes, verifyLedger } from './verify-ledger.ts';

const size = 6;
let context: AppendContext;
let files: LedgerFiles;

beforeAll(async () => {
  context = await testLedgerOf(size);
  files = await context.store.read();
});

type Entries = readonly Uint8Array[];

const at = (entries: Entries, index: number): Uint8Array => entries[index] ?? Buffer.from('');

function read(entries: Entries, index: number): LedgerEntry {
  const decoded = decodeEntry(at(entries, index));
  if (!decoded.ok) throw new Error(decoded.message);
  return decoded.entry;
}

const edit = (index: number, changes: Partial<LedgerEntry>) => (entries: Entries): Entries => entries.with(index, encodeEntry({ ...read(entries, index), ...changes }).bytes);
const rootOf = (entries: Entries): string => Buffer.from(merkleRoot(entries.map(hashLeaf))).toString('base64');
const headOf = (entries: Entries, origin = testOrigin): TreeHead => ({ origin, size: entries.length, root: rootOf(entries) });
/** What someone with the signing key would do: a new end, consistent in itself, from an index on. */
const regrow = (from: number, to: number) => (entries: Entries): Entries => {
  const grown = entries.slice(0, from);
  for (let index = from; index < to; index += 1) grown.push(encodeEntry({ schema: 1, index, at: '2026-03-02T11:00:00Z', previousRoot: rootOf(grown), ...testEntry(index + 500) }).bytes);
  return grown;
};
const otherBody = testEntry(99).body;
const otherRoot = Buffer.alloc(32, 9).toString('base64');

const faultsOf = (changed: Partial<LedgerFiles>, options: Partial<Parameters<typeof verifyLedger>[1]> = {}): readonly string[] => {
  const check = verifyLedger({ ...files, ...changed }, { origin: context.origin, keys: context.keys, ...options });
  return check.state === 'intact' ? [] : check.faults.map((fault) => `${fault.code} ${fault.index}`);
};

describe('an untouched ledger', () => {
  it('is intact, with its head and entries', () => {
    const check = verifyLedger(files, context);
    expect(check).toMatchObject({ state: 'intact', commit: files.commit, checkpoint: files.checkpoint, head: headOf(files.entries) });
    expect(check.state === 'intact' && check.entries.map((entry) => entry.key)).toEqual(Array.from({ length: size }, (_, number) => testEntry(number).key));
  });

  it('is intact for whoever remembers any of its heads', () => {
    const remembered = Array.from({ length: size + 1 }, (_, count) => headOf(files.entries.slice(0, count)));
    expect(faultsOf({}, { remembered: remembered.toReversed() })).toEqual([]);
  });

  it('is intact and empty where there is no branch', () => {
    expect(verifyLedger({ commit: null, checkpoint: null, entries: [] }, { ...context, remembered: [headOf([])] })).toEqual({ state: 'intact', commit: null, checkpoint: null, entries: [], head: headOf([]), range: { size: 0, peaks: [] } });
  });
});

describe('a ledger whose entries were changed', () => {
  it.each<[string, (entries: Entries) => Entries, readonly string[]]>([
    ['first entry edited', edit(0, { body: otherBody }), ['entry-chain 0', 'root-mismatch 0']],
    ['middle entry edited', edit(2, { body: otherBody }), ['entry-chain 2', 'root-mismatch 2']],
    ['last but one edited', edit(4, { body: otherBody }), ['entry-chain 4', 'root-mismatch 4']],
    ['last entry edited', edit(5, { body: otherBody }), ['root-mismatch 5']],
    ['root in the first entry edited', edit(0, { previousRoot: otherRoot }), ['entry-chain 0', 'root-mismatch 0']],
    ['root in a middle entry edited', edit(2, { previousRoot: otherRoot }), ['entry-chain 2', 'root-mismatch 2']],
    ['root in the last entry edited', edit(5, { previousRoot: otherRoot }), ['entry-chain 5', 'root-mismatch 5']],
    ['time edited', edit(3, { at: '2026-03-02T10:00:01Z' }), ['entry-chain 3', 'root-mismatch 3']],
    ['first entry dropped', (entries) => entries.toSpliced(0, 1), ['size-mismatch 5', 'entry-index 0', 'entry-chain 0']],
    ['middle entry dropped', (entries) => entries.toSpliced(2, 1), ['size-mismatch 5', 'entry-index 2', 'entry-chain 2']],
    ['last entry dropped', (entries) => entries.slice(0, 5), ['size-mismatch 5']],
    ['all entries dropped', () => [], ['size-mismatch 0']],
    ['entry put in twice', (entries) => entries.toSpliced(3, 0, at(entries, 2)), ['entry-chain 3', 'entry-duplicate-key 3', 'entry-index 3', 'root-mismatch 3', 'size-mismatch 6']],
    ['foreign entry put in', (entries) => entries.toSpliced(3, 0, at(regrow(3, 4)(entries), 3)), ['entry-chain 4', 'entry-index 4', 'root-mismatch 4', 'size-mismatch 6']],
    ['two entries swapped', (entries) => entries.with(2, at(entries, 3)).with(3, at(entries, 2)), ['entry-chain 2', 'entry-index 2', 'entry-index 3', 'root-mismatch 2']],
    ['entry added at the end', (entries) => [...entries, at(regrow(6, 7)(entries), 6)], ['size-mismatch 6']],
    ['entry replaced by rubbish', (entries) => entries.with(2, Buffer.from([0xff, 0])), ['entry-chain 2', 'entry-malformed 2', 'root-mismatch 2']],
    ['last entry replaced by rubbish', (entries) => entries.with(5, Buffer.from('')), ['entry-malformed 5', 'root-mismatch 5']],
    ['one entry edited and a later one made rubbish', (entries) => edit(1, { body: otherBody })(entries).with(4, Buffer.from('{}\n')), ['entry-chain 1', 'entry-malformed 4', 'root-mismatch 1']],
    ['end written anew', regrow(4, 6), ['root-mismatch 5']],
  ])('is broken where it was changed: %s', (_name, change, faults) => {
    expect([...faultsOf({ entries: change(files.entries) })].sort()).toEqual([...faults].sort());
  });

  it('is broken when a signed entry reuses a key', () => {
    const entries = [...files.entries, encodeEntry({ ...read(files.entries, 1), index: 6, previousRoot: rootOf(files.entries) }).bytes];
    expect(faultsOf({ entries, checkpoint: signCheckpoint(headOf(entries), testKeyPem()) })).toEqual(['entry-duplicate-key 6']);
  });

  it('is broken when entries with a broken chain were signed', () => {
    const entries = edit(2, { body: otherBody })(files.entries);
    expect(faultsOf({ entries, checkpoint: signCheckpoint(headOf(entries), testKeyPem()) })).toEqual(['entry-chain 2']);
  });
});

describe('a ledger rewritten by someone with the signing key', () => {
  const remembered = (...sizes: readonly number[]): readonly TreeHead[] => sizes.map((count) => headOf(files.entries.slice(0, count)));

  it.each<[string, (entries: Entries) => Entries, readonly number[], readonly string[]]>([
    ['cut off', (entries) => entries.slice(0, 4), [3, 5], ['inconsistent-with-remembered 4']],
    ['cut off to nothing', () => [], [6], ['inconsistent-with-remembered 0']],
    ['regrown to the same size', regrow(4, 6), [3, 6], ['inconsistent-with-remembered 3']],
    ['regrown to a larger size', regrow(4, 9), [4, 5, 6], ['inconsistent-with-remembered 4', 'inconsistent-with-remembered 4']],
    ['regrown after what is remembered', regrow(4, 9), [1, 4], []],
  ])('%s, it shows against the heads that are remembered', (_name, change, sizes, faults) => {
    const entries = change(files.entries);
    const checkpoint = signCheckpoint(headOf(entries), testKeyPem());
    expect(faultsOf({ entries, checkpoint })).toEqual([]);
    expect(faultsOf({ entries, checkpoint }, { remembered: remembered(...sizes) })).toEqual(faults);
  });

  it('shows when the whole branch is gone', () => {
    expect(faultsOf({ commit: null, checkpoint: null, entries: [] }, { remembered: remembered(6) })).toEqual(['inconsistent-with-remembered 0']);
  });

  it('is not excused by a remembered head of another ledger', () => {
    expect(faultsOf({}, { remembered: [{ ...headOf(files.entries), origin: 'github.com/acme/other/sallyport' }] })).toEqual(['inconsistent-with-remembered null']);
  });
});

describe('a ledger with another checkpoint', () => {
  const other = 'github.com/acme/other/sallyport';
  const otherKey = verifierKey(other, testKeyPem());

  it.each<[string, () => Partial<LedgerFiles>, readonly string[] | null, readonly string[]]>([
    ['no checkpoint', () => ({ checkpoint: null }), null, ['checkpoint-missing null']],
    ['no checkpoint and no entries on a branch that is there', () => ({ checkpoint: null, entries: [] }), null, ['checkpoint-missing null']],
    ['entries without a branch', () => ({ checkpoint: null, commit: null }), null, ['checkpoint-missing null']],
    ['rubbish', () => ({ checkpoint: 'rubbish' }), null, ['checkpoint-malformed null']],
    ['a signed text that is no checkpoint', () => ({ checkpoint: signNote('hello\n', testOrigin, testKeyPem()) }), null, ['checkpoint-malformed null']],
    ['another key', () => ({ checkpoint: signCheckpoint(headOf(files.entries), testKeyPem(2)) }), null, ['checkpoint-signature null']],
    ['another origin', () => ({ checkpoint: signCheckpoint(headOf(files.entries, other), testKeyPem()) }), null, ['checkpoint-signature null']],
    ['another origin that is trusted too', () => ({ checkpoint: signCheckpoint(headOf(files.entries, other), testKeyPem()) }), [otherKey], ['checkpoint-origin null']],
    ['an older size', () => ({ checkpoint: signCheckpoint(headOf(files.entries.slice(0, 4)), testKeyPem()) }), null, ['size-mismatch 4']],
    ['another root', () => ({ checkpoint: signCheckpoint({ ...headOf(files.entries), root: otherRoot }, testKeyPem()) }), null, ['root-mismatch 5']],
    ['another root of nothing', () => ({ entries: [], checkpoint: signCheckpoint({ ...headOf([]), root: otherRoot }, testKeyPem()) }), null, ['root-mismatch null']],
    ['no trusted key', () => ({}), [], ['no-trusted-key null']],
    ['only keys that are none', () => ({}), ['abc'], ['no-trusted-key null']],
    ['no trusted key and no branch', () => ({ commit: null, checkpoint: null, entries: [] }), [], ['no-trusted-key null']],
  ])('is broken: %s', (_name, changed, keys, faults) => {
    expect(faultsOf(changed(), keys === null ? {} : { keys })).toEqual(faults);
  });
});

describe('any change of bytes', () => {
  it('of a single byte in any file is detected', () => {
    fc.assert(
      fc.property(fc.nat({ max: size }), fc.nat(), fc.integer({ min: 1, max: 255 }), (file, position, flip) => {
        const original = file === size ? Buffer.from(files.checkpoint ?? '', 'utf8') : at(files.entries, file);
        const index = position % original.length;
        const bytes = Uint8Array.from(original).with(index, (original[index] ?? 0) ^ flip);
        const faults = faultsOf(file === size ? { checkpoint: Buffer.from(bytes).toString('utf8') } : { entries: files.entries.with(file, bytes) });
        expect(faults.length).toBeGreaterThan(0);
        if (file < size) expect(faults).toContain(`root-mismatch ${file}`);
      }),
      { numRuns: 500 },
    );
  });

  it('to anything at all is detected and never throws', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.uint8Array(), fc.constantFrom(...Array.from({ length: size }, (_, index) => index))), { maxLength: 8 }), fc.string({ unit: 'binary' }), (picks, text) => {
        const entries = picks.map((pick) => (typeof pick === 'number' ? at(files.entries, pick) : pick));
        const same = rootOf(entries) === rootOf(files.entries);
        expect(faultsOf({ entries }).length > 0).toBe(!same);
        expect(faultsOf({ entries, checkpoint: text }).length).toBeGreaterThan(0);
      }),
    );
  });
});

describe('the bytes alone', () => {
  const bytesOf = (changed: Partial<LedgerFiles>, options: Partial<Parameters<typeof verifyBytes>[1]> = {}) => verifyBytes({ ...files, ...changed }, { origin: context.origin, keys: context.keys, ...options });

  it('are intact with the head that is signed, and no entry of them is read', () => {
    expect(bytesOf({})).toEqual({ state: 'intact', commit: files.commit, checkpoint: files.checkpoint, head: headOf(files.entries) });
    const entries = [...files.entries, Buffer.from('no entry')];
    const checkpoint = signCheckpoint(headOf(entries), testKeyPem());
    expect(bytesOf({ entries, checkpoint })).toMatchObject({ state: 'intact', head: headOf(entries) });
    expect(faultsOf({ entries, checkpoint })).toEqual(['entry-malformed 6']);
  });

  it('are intact and empty where there is no branch, and only there', () => {
    expect(bytesOf({ commit: null, checkpoint: null, entries: [] })).toMatchObject({ state: 'intact', head: headOf([]) });
    expect(bytesOf({ checkpoint: null, entries: [] }).state).toBe('broken');
  });

  it('are not intact when they are another end than the one that is remembered, whoever signed them', () => {
    const entries = regrow(4, 6)(files.entries);
    const signed = { entries, checkpoint: signCheckpoint(headOf(entries), testKeyPem()) };
    expect(bytesOf(signed).state).toBe('intact');
    expect(bytesOf(signed, { remembered: [headOf(files.entries)] })).toMatchObject({ state: 'broken', faults: [{ code: 'inconsistent-with-remembered' }] });
  });

  it('are broken by the same faults as the ledger, whatever was changed', () => {
    fc.assert(
      fc.property(fc.nat({ max: size }), fc.nat(), fc.integer({ min: 1, max: 255 }), fc.nat({ max: size + 2 }), (file, position, flip, remembered) => {
        const original = file === size ? Buffer.from(files.checkpoint ?? '', 'utf8') : at(files.entries, file);
        const index = position % original.length;
        const bytes = Uint8Array.from(original).with(index, (original[index] ?? 0) ^ flip);
        const changed = { ...files, ...(file === size ? { checkpoint: Buffer.from(bytes).toString('utf8') } : { entries: files.entries.with(file, bytes) }) };
        const options = { origin: context.origin, keys: context.keys, remembered: [headOf(files.entries.slice(0, remembered))] };
        expect(verifyBytes(changed, options)).toEqual(verifyLedger(changed, options));
        expect(verifyBytes(changed, options).state).toBe('broken');
      }),
    );
  });
});
