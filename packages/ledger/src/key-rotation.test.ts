import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { appendEntries } from './append.ts';
import { openCheckpoint } from './checkpoint.ts';
import { testContext, testEntry, testLedgerOf } from './ledger-builder.ts';
import { readLedger } from './read-ledger.ts';
import { verifierKey } from './signed-note.ts';

const freshKey = (): string => generateKeyPairSync('ed25519', { publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } }).privateKey;

describe('a ledger whose key is changed', () => {
  it('stays one ledger: both keys are believed, the new one signs, the old one is taken out', async () => {
    const old = await testLedgerOf(3);
    const privateKeyPem = freshKey();
    const added = verifierKey(old.origin, privateKeyPem);
    const both = { ...old, privateKeyPem, keys: [...old.keys, added] };
    expect((await readLedger(old.store, both)).state).toBe('intact');
    const remembered = await readLedger(old.store, old);
    if (remembered.state !== 'intact') throw new Error('The ledger is broken.');

    await appendEntries(both, [testEntry(3)]);
    const alone = await readLedger(old.store, { origin: old.origin, keys: [added] });
    expect(alone).toMatchObject({ state: 'intact', head: { size: 4 } });
    // What was remembered under the old key still binds the new one.
    expect(await readLedger(old.store, { origin: old.origin, keys: [added], remembered: [remembered.head] })).toMatchObject({ state: 'intact' });
    expect(openCheckpoint(remembered.checkpoint ?? '', [added]).ok).toBe(false);
    expect(openCheckpoint(remembered.checkpoint ?? '', [added, ...old.keys]).ok).toBe(true);
  });

  it('whose old key was stolen is not continued by it once the policy names only the new one', async () => {
    const old = await testLedgerOf(3);
    const privateKeyPem = freshKey();
    const keys = [verifierKey(old.origin, privateKeyPem)];
    await appendEntries({ ...old, privateKeyPem, keys: [...old.keys, ...keys] }, [testEntry(3)]);

    // The thief may even write the branch.
    await appendEntries({ ...old, keys: [...old.keys, ...keys] }, [testEntry(4)]);
    expect(await readLedger(old.store, { origin: old.origin, keys })).toMatchObject({ state: 'broken', faults: [{ code: 'checkpoint-signature' }] });
    await expect(appendEntries({ ...old, keys }, [testEntry(5)])).rejects.toThrow();
  });

  it('is not readable by the new key before that has signed: the old one is taken out last', async () => {
    const old = await testLedgerOf(3);
    expect(await readLedger(old.store, { origin: old.origin, keys: [verifierKey(old.origin, freshKey())] })).toMatchObject({ state: 'broken', faults: [{ code: 'checkpoint-signature', message: expect.stringContaining('put the new verifier key into the policy') as string }] });
  });

  it('regrown by a stolen key is found by whoever remembers a checkpoint (L02)', async () => {
    const old = await testLedgerOf(3);
    const before = await readLedger(old.store, old);
    if (before.state !== 'intact') throw new Error('The ledger is broken.');
    const forged = testContext();
    await appendEntries(forged, [testEntry(7), testEntry(8), testEntry(9)]);
    expect(await readLedger(forged.store, forged)).toMatchObject({ state: 'intact' });
    expect(await readLedger(forged.store, { ...forged, remembered: [before.head] })).toMatchObject({ state: 'broken', faults: [{ code: 'inconsistent-with-remembered' }] });
  });
});
