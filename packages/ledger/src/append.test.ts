import { describe, expect, it } from 'vitest';
import { appendEntries } from './append.ts';
import type { NewEntry } from './append.ts';
import { LedgerBrokenError } from './ledger-error.ts';
import { testContext, testEntry, testKeyPem, testLedgerOf } from './ledger-builder.ts';
import type { LedgerStore } from './ledger.ts';
import { createMemoryStore } from './memory-store.ts';
import { readLedger } from './read-ledger.ts';
import { verifierKey } from './signed-note.ts';

/** Waits a number of turns of the event loop that differs from call to call, so that writers meet in many orders. */
function turnsOf(seed: number): () => Promise<void> {
  let state = seed;
  return async () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    for (let turn = state % 7; turn >= 0; turn -= 1) await new Promise((resolve) => setImmediate(resolve));
  };
}

const keysOf = (entries: readonly { readonly key: string }[]): readonly string[] => entries.map((entry) => entry.key);

describe('appending', () => {
  it('starts a ledger and says what it now is', async () => {
    const context = testContext();
    const result = await appendEntries(context, [testEntry(0), testEntry(1)]);
    expect(result).toMatchObject({ state: 'appended', differing: [], ledger: { state: 'intact', head: { origin: context.origin, size: 2 } } });
    const read = await readLedger(context.store, context);
    expect(read).toEqual({ ...result.ledger, commit: (await context.store.read()).commit });
    expect([...context.store.files().keys()].sort()).toEqual(['checkpoint', 'entries/0/0.json', 'entries/0/1.json']);
    expect(context.store.messages()).toEqual(['Record entries 0 to 1']);
  });

  it('adds an entry once when it is told twice, and gives back the recorded one', async () => {
    const context = testContext();
    const first = await appendEntries(context, [testEntry(0)]);
    const again = await appendEntries({ ...context, at: '2026-03-03T10:00:00Z' }, [testEntry(0)]);
    expect(again).toMatchObject({ state: 'present', entries: 'entries' in first ? first.entries : [], differing: [] });
    expect(context.store.messages()).toHaveLength(1);
  });

  it('keeps the recorded body when the same key comes with another, and says so', async () => {
    const context = await testLedgerOf(1);
    const other: NewEntry = { key: testEntry(0).key, body: testEntry(7).body };
    const result = await appendEntries(context, [other, testEntry(1)]);
    expect(result).toMatchObject({ state: 'appended', differing: [other.key], entries: [{ index: 0, body: testEntry(0).body }, { index: 1 }] });
  });

  it('lands once when the store failed after writing and the caller tries again', async () => {
    const store = createMemoryStore();
    let answersLost = 1;
    const lossy: LedgerStore = {
      read: () => store.read(),
      async write(parent, files, message) {
        const outcome = await store.write(parent, files, message);
        if (answersLost-- > 0) throw new Error('The answer was lost.');
        return outcome;
      },
    };
    const context = testContext({ store: lossy });
    await expect(appendEntries(context, [testEntry(0)])).rejects.toThrow('The answer was lost.');
    expect(await appendEntries(context, [testEntry(0)])).toMatchObject({ state: 'present', ledger: { head: { size: 1 } } });
  });

  it.each([
    ['two writers', 2, 1],
    ['two writers in another order', 2, 77],
    ['eight writers', 8, 5],
    ['eight writers in another order', 8, 4242],
  ])('lands every entry once with %s', async (_name, writers, seed) => {
    const context = testContext({ store: createMemoryStore(turnsOf(seed)), attempts: 40 });
    const numbers = Array.from({ length: writers }, (_, number) => number);
    const results = await Promise.all(numbers.map((number) => appendEntries(context, [testEntry(number), testEntry(number + 100)])));
    expect(results.map((result) => result.state)).toEqual(numbers.map(() => 'appended'));
    const ledger = await readLedger(context.store, context);
    expect(ledger).toMatchObject({ state: 'intact', head: { size: writers * 2 } });
    const expected = numbers.flatMap((number) => [testEntry(number), testEntry(number + 100)]);
    expect([...keysOf('entries' in ledger ? ledger.entries : [])].sort()).toEqual([...keysOf(expected)].sort());
  });

  it('lets one of eight writers of the same key write', async () => {
    const context = testContext({ store: createMemoryStore(turnsOf(9)), attempts: 40 });
    const results = await Promise.all(Array.from({ length: 8 }, () => appendEntries(context, [testEntry(0)])));
    expect(results.filter((result) => result.state === 'appended')).toHaveLength(1);
    expect(results.filter((result) => result.state === 'present')).toHaveLength(7);
  });

  it('lets one of eight writers through who all count on the same size', async () => {
    const context = await testLedgerOf(3, { attempts: 40 });
    const results = await Promise.all(Array.from({ length: 8 }, (_, number) => appendEntries(context, [testEntry(10 + number)], { ifSize: 3 })));
    expect(results.map((result) => result.state).sort()).toEqual(['appended', ...Array.from({ length: 7 }, () => 'moved')]);
    expect(await readLedger(context.store, context)).toMatchObject({ state: 'intact', head: { size: 4 } });
  });

  it('gives the entry back, though the ledger has moved on, when the key is there', async () => {
    const context = await testLedgerOf(3);
    expect(await appendEntries(context, [testEntry(1)], { ifSize: 1 })).toMatchObject({ state: 'present', entries: [{ index: 1 }] });
  });

  it('waits longer each time, shortened by jitter, and then says that the ledger is busy', async () => {
    const waits: number[] = [];
    const busy: LedgerStore = { read: async () => ({ commit: null, checkpoint: null, entries: [] }), write: async () => 'conflict' };
    const context = testContext({ store: busy, attempts: 8, jitter: () => 0.5, sleep: async (milliseconds) => void waits.push(milliseconds) });
    await expect(appendEntries(context, [testEntry(0)])).rejects.toMatchObject({ code: 'ledger-busy', retryable: true });
    expect(waits).toEqual([125, 250, 500, 1000, 2000, 4000, 4000]);
  });

  it('adds nothing to a broken ledger and names the faults', async () => {
    const context = await testLedgerOf(2);
    const { commit } = await context.store.read();
    await context.store.write(commit, new Map([['entries/0/1.json', Buffer.from('{}\n')]]), 'Tamper');
    const refusal = appendEntries(context, [testEntry(2)]);
    await expect(refusal).rejects.toBeInstanceOf(LedgerBrokenError);
    await expect(refusal).rejects.toMatchObject({ code: 'ledger-broken', retryable: false, faults: [{ code: 'entry-malformed', index: 1 }, { code: 'root-mismatch', index: 1 }] });
    expect(context.store.messages()).toHaveLength(3);
  });

  it('adds nothing to a ledger shorter than a remembered head', async () => {
    const long = await testLedgerOf(3);
    const remembered = await readLedger(long.store, long);
    const short = await testLedgerOf(2, { remembered: 'head' in remembered ? [remembered.head] : [] }).catch((error: unknown) => error);
    expect(short).toMatchObject({ code: 'ledger-broken', faults: [{ code: 'inconsistent-with-remembered', index: 0 }] });
  });

  it.each([
    ['a signing key that nobody trusts', { keys: [verifierKey('github.com/acme/shop/sallyport', testKeyPem(2))] }, [testEntry(0)], 'key-not-trusted'],
    ['something that is no key', { privateKeyPem: 'not a key', keys: [] }, [testEntry(0)], 'key-unusable'],
    ['a key given twice', {}, [testEntry(0), testEntry(0)], 'entry-refused'],
    ['a time without offset', { at: '2026-03-02T10:00:00' }, [testEntry(0)], 'entry-refused'],
    ['a body too large to read back', {}, [{ key: 'policy:big', body: { type: 'policy-adopted', digest: `sha256:${'0'.repeat(64)}`, commit: '0'.repeat(40), text: 'x'.repeat(2 ** 20) } } as const], 'entry-refused'],
  ])('refuses %s before anything is written', async (_name, changes, wanted, code) => {
    const store = createMemoryStore();
    const base = testContext();
    await expect(appendEntries({ ...base, ...changes, store }, wanted)).rejects.toMatchObject({ code, retryable: false });
    expect(store.messages()).toEqual([]);
  });
});
