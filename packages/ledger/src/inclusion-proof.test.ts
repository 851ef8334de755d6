import { beforeAll, describe, expect, it } from 'vitest';
import { signCheckpoint } from './checkpoint.ts';
import { proveInclusion, verifyInclusion } from './inclusion-proof.ts';
import type { InclusionProof } from './inclusion-proof.ts';
import { testKeyPem, testLedgerOf } from './ledger-builder.ts';
import type { VerifiedLedger } from './ledger.ts';
import { hashLeaf, merkleRoot } from './merkle-tree.ts';
import { readLedger } from './read-ledger.ts';

let ledger: VerifiedLedger;
let keys: readonly string[];

beforeAll(async () => {
  const context = await testLedgerOf(7);
  const read = await readLedger(context.store, context);
  if (read.state === 'broken') throw new Error('The ledger was built broken.');
  ledger = read;
  keys = context.keys;
});

const proofOf = (index: number): InclusionProof => {
  const proof = proveInclusion(ledger, index);
  if (proof === null) throw new Error(`There is no entry ${index}.`);
  return proof;
};

describe('an inclusion proof', () => {
  it('shows every entry to be in the ledger, after a trip through JSON', () => {
    for (const entry of ledger.entries) {
      const proof: unknown = JSON.parse(JSON.stringify(proofOf(entry.index)));
      expect(verifyInclusion(proof, keys)).toEqual({ ok: true, head: ledger.head, entry });
    }
  });

  it.each([7, -1, 0.5])('is not made for entry %s, which is not there', (index) => {
    expect(proveInclusion(ledger, index)).toBeNull();
  });

  it.each<[string, (proof: InclusionProof) => unknown, string]>([
    ['nothing', () => null, 'proof-malformed'],
    ['a field too many', (proof) => ({ ...proof, note: '' }), 'proof-malformed'],
    ['a path that is not base64', (proof) => ({ ...proof, path: ['*'] }), 'proof-malformed'],
    ['base64 with spare bits set', (proof) => ({ ...proof, path: proof.path.map((hash) => `${hash.slice(0, -2)}${hash.at(-2) === 'd' ? 'f' : 'd'}=`) }), 'proof-malformed'],
    ['another entry', (proof) => ({ ...proof, entry: proofOf(3).entry }), 'not-included'],
    ['another index', (proof) => ({ ...proof, index: 3 }), 'not-included'],
    ['an index beyond the tree', (proof) => ({ ...proof, index: 70 }), 'not-included'],
    ['a path in another order', (proof) => ({ ...proof, path: proof.path.toReversed() }), 'not-included'],
    ['a path cut short', (proof) => ({ ...proof, path: proof.path.slice(1) }), 'not-included'],
    ['a hash of the wrong length', (proof) => ({ ...proof, path: [...proof.path.slice(1), 'AAAA'] }), 'not-included'],
    ['a checkpoint by another key', (proof) => ({ ...proof, checkpoint: signCheckpoint(ledger.head, testKeyPem(2)) }), 'checkpoint-signature'],
    ['a checkpoint of another root', (proof) => ({ ...proof, checkpoint: signCheckpoint({ ...ledger.head, root: Buffer.alloc(32, 9).toString('base64') }, testKeyPem()) }), 'not-included'],
  ])('is refused: %s', (_name, change, code) => {
    expect(verifyInclusion(change(proofOf(2)), keys)).toMatchObject({ ok: false, code });
  });

  it.each([
    ['rubbish', Buffer.from('rubbish')],
    ['an entry that calls itself otherwise', () => Buffer.from(proofOf(1).entry, 'base64')],
  ])('is refused though signed, when the leaf is %s', (_name, leaf) => {
    const bytes = typeof leaf === 'function' ? leaf() : leaf;
    const checkpoint = signCheckpoint({ ...ledger.head, size: 1, root: Buffer.from(merkleRoot([hashLeaf(bytes)])).toString('base64') }, testKeyPem());
    expect(verifyInclusion({ schema: 1, index: 0, entry: bytes.toString('base64'), path: [], checkpoint }, keys)).toMatchObject({ ok: false, code: 'entry-malformed' });
  });

  it('is refused without a trusted key', () => {
    expect(verifyInclusion(proofOf(0), [])).toMatchObject({ ok: false, code: 'no-trusted-key' });
  });
});
