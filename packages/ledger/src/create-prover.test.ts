import { describe, expect, it } from 'vitest';
import { createProver } from './create-prover.ts';
import { proveInclusion } from './inclusion-proof.ts';
import { testLedgerOf } from './ledger-builder.ts';
import { readLedger } from './read-ledger.ts';

describe('createProver', () => {
  it.each([1, 2, 3, 7, 8, 9, 33])('proves every entry of %s as proveInclusion does, in any order', async (size) => {
    const context = await testLedgerOf(size);
    const ledger = await readLedger(context.store, context);
    if (ledger.state === 'broken') throw new Error('The ledger was built broken.');
    const prove = createProver(ledger);
    const indexes = Array.from({ length: size }, (_unused, index) => (index * 5) % size);
    expect(indexes.map(prove)).toEqual(indexes.map((index) => proveInclusion(ledger, index)));
    expect([prove(size), prove(-1), prove(0.5)]).toEqual([null, null, null]);
  });
});
