import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { appendEntries } from './append.ts';
import type { AppendContext } from './append.ts';
import { encodeEntry } from './entry-bytes.ts';
import { testEntry, testLedgerOf } from './ledger-builder.ts';
import type { LedgerCheck, LedgerFiles } from './ledger.ts';
import { createLedgerVerifier, verifyLedger } from './verify-ledger.ts';
import type { LedgerVerifier } from './verify-ledger.ts';

const size = 6;
let context: AppendContext;
let files: LedgerFiles;
let verify: LedgerVerifier;

beforeEach(async () => {
  context = await testLedgerOf(size);
  files = await context.store.read();
  verify = createLedgerVerifier(context);
});

const append = async (number: number): Promise<LedgerFiles> => {
  await appendEntries(context, [testEntry(number)]);
  return context.store.read();
};
const copyOf = (read: LedgerFiles): LedgerFiles => ({ ...read, entries: read.entries.map((bytes) => Uint8Array.from(bytes)) });
const codesOf = (check: LedgerCheck): readonly string[] => (check.state === 'intact' ? [] : check.faults.map(({ code, index }) => `${code} ${index}`));

describe('a ledger that is verified again', () => {
  it('is found as if it were seen for the first time, however it was read', async () => {
    expect(verify(files)).toEqual(verifyLedger(files, context));
    for (const number of [size, size + 1]) {
      const grown = await append(number);
      expect(verify(copyOf(grown))).toEqual(verifyLedger(grown, context));
    }
  });

  it('is not read again where it was intact before', () => {
    const [first] = files.entries;
    verify(files);
    // The bytes are swapped behind its back: it keeps what it read from them.
    first?.fill(0x20);
    expect(codesOf(verify(files))).toEqual([]);
    expect(codesOf(verifyLedger(files, context))).toContain('entry-malformed 0');
  });

  it('is held against a head from long ago each time', async () => {
    const old = await testLedgerOf(2);
    const read = verifyLedger(await old.store.read(), old);
    if (read.state === 'broken') throw new Error('the ledger must be intact');
    const again = createLedgerVerifier({ ...context, remembered: [read.head] });
    expect([codesOf(again(files)), codesOf(again(await append(size)))]).toEqual([[], []]);
  });

  it('may grow from nothing', async () => {
    const store = context.store;
    verify({ commit: null, checkpoint: null, entries: [] });
    expect(verify(await store.read()).state).toBe('intact');
  });

  it('is taken whole again after it was broken in between', () => {
    verify(files);
    expect(codesOf(verify({ ...files, entries: files.entries.slice(1) }))).not.toEqual([]);
    expect(codesOf(verify(files))).toEqual([]);
  });

  it('may not lose what was once found, even by a checkpoint that is signed', async () => {
    const before = copyOf(files);
    verify(await append(size));
    expect(codesOf(verifyLedger(before, context))).toEqual([]);
    expect(codesOf(verify(before))).toEqual([`inconsistent-with-remembered ${size}`]);
    expect(codesOf(verify({ commit: null, checkpoint: null, entries: [] }))).toEqual(['inconsistent-with-remembered 0']);
  });

  it('may not be replaced by another that is signed by the same key', async () => {
    verify(files);
    const other = await testLedgerOf(size + 3, { at: '2026-03-02T11:00:00Z' });
    const rewritten = await other.store.read();
    expect(codesOf(verifyLedger(rewritten, context))).toEqual([]);
    expect(codesOf(verify(rewritten))).toEqual(['inconsistent-with-remembered 0']);
  });

  it('has the faults that a first look with the same memory finds, whatever was changed', async () => {
    const first = verify(files);
    if (first.state === 'broken') throw new Error('the ledger must be intact');
    const grown = await append(size);
    const other = encodeEntry({ schema: 1, index: 2, at: '2026-03-02T11:00:00Z', previousRoot: first.head.root, ...testEntry(77) }).bytes;
    const bytes = fc.constantFrom(other, Buffer.from('no entry'), ...grown.entries);
    fc.assert(
      fc.property(fc.nat(size), fc.nat(2), fc.array(bytes, { maxLength: 2 }), (start, dropped, added) => {
        const changed = { ...grown, entries: grown.entries.toSpliced(start, dropped, ...added) };
        const again = createLedgerVerifier(context);
        again(files);
        expect(codesOf(again(changed))).toEqual(codesOf(verifyLedger(changed, { ...context, remembered: [first.head] })));
      }),
    );
  });
});
