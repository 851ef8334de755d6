import { testContext, testEntry, testKeyPem, testLedgerOf, testOrigin } from '@sallyport/ledger/testing';
import { verifierKey } from '@sallyport/ledger';
import type { LedgerStore } from '@sallyport/ledger';
import type { Policy } from '@sallyport/policy';
import { describe, expect, it } from 'vitest';
import type { LedgerReader } from './ledger-access.ts';
import { createLedgerOpener, openLedgerWriter } from './open-ledger.ts';

const signing = { privateKeyPem: testKeyPem(), sleep: () => Promise.resolve(), jitter: () => 0 };
const keyOf = (seed: number): string => verifierKey(testOrigin, testKeyPem(seed));
const of = (...keys: readonly string[]) => ({ policy: { ledger: { keys } } as unknown as Policy, repository: { owner: 'acme', name: 'shop' } });

/** A branch on which somebody who holds the key puts a history that is intact, and another one. */
async function rewrittenStore(): Promise<{ readonly store: LedgerStore; rewrite(): void }> {
  const told = await testLedgerOf(3);
  const untold = testContext();
  await openLedgerWriter(untold.store, { ...of(keyOf(1)), ...signing }).append([testEntry(7), testEntry(8), testEntry(9), testEntry(10)], { at: 1 });
  let current: LedgerStore = told.store;
  return { store: { read: () => current.read(), write: (...change) => current.write(...change) }, rewrite: () => void (current = untold.store) };
}
const states = async (...readers: readonly LedgerReader[]): Promise<readonly string[]> => Promise.all(readers.map(async (reader) => (await reader.read()).state));

describe('a ledger that is opened again', () => {
  it('has to hold what was verified when it was opened before', async () => {
    const branch = await rewrittenStore();
    const open = createLedgerOpener(branch.store, signing);
    expect(await states(open(of(keyOf(1))))).toEqual(['intact']);
    branch.rewrite();
    expect(await states(open(of(keyOf(1))), openLedgerWriter(branch.store, { ...of(keyOf(1)), ...signing }))).toEqual(['broken', 'intact']);
  });

  it('is verified anew where other keys are trusted, or it is another repository’s', async () => {
    const branch = await rewrittenStore();
    const open = createLedgerOpener(branch.store, signing);
    expect(await states(open(of(keyOf(1))))).toEqual(['intact']);
    branch.rewrite();
    expect(await states(open(of(keyOf(1), keyOf(2))))).toEqual(['intact']);
    expect(() => open(of(keyOf(2)))).toThrow('Nobody would believe');
    expect(() => open({ ...of(keyOf(1)), repository: { owner: 'acme', name: 'other' } })).toThrow('Nobody would believe');
  });

  it('is appended to on top of what it holds', async () => {
    const { store } = await rewrittenStore();
    const open = createLedgerOpener(store, signing);
    const { state, ledger } = await open(of(keyOf(1))).append([testEntry(20)], { at: 1 });
    expect([state, ledger.head.size]).toEqual(['appended', 4]);
    expect((await open(of(keyOf(1))).append([testEntry(20)], { at: 2 })).state).toBe('present');
  });
});
