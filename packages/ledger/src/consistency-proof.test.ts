import { beforeAll, describe, expect, it } from 'vitest';
import { openCheckpoint, signCheckpoint } from './checkpoint.ts';
import { proveConsistency, verifyConsistency } from './consistency-proof.ts';
import type { ConsistencyProof } from './consistency-proof.ts';
import { testKeyPem, testLedgerOf } from './ledger-builder.ts';
import type { TreeHead, VerifiedLedger } from './ledger.ts';
import { readLedger } from './read-ledger.ts';
import { verifierKey } from './signed-note.ts';

type Checkpoint = { readonly head: TreeHead; readonly text: string };

let keys: readonly string[];
let ledger: VerifiedLedger;
/** What was remembered when the ledger had 1 to 7 entries. */
let remembered: readonly Checkpoint[];

async function grow(count: number): Promise<VerifiedLedger> {
  const context = await testLedgerOf(count);
  const read = await readLedger(context.store, context);
  if (read.state === 'broken') throw new Error('The ledger was built broken.');
  keys = context.keys;
  return read;
}

beforeAll(async () => {
  ledger = await grow(7);
  const grown = await Promise.all([1, 2, 3, 4, 5, 6, 7].map(grow));
  remembered = grown.map(({ head, checkpoint }) => ({ head, text: checkpoint ?? '' }));
});

const at = (size: number): Checkpoint => {
  const checkpoint = remembered[size - 1];
  if (checkpoint === undefined) throw new Error(`Nothing was remembered at ${size} entries.`);
  return checkpoint;
};

const proofFrom = (size: number): ConsistencyProof => {
  const proof = proveConsistency(ledger, at(size));
  if (proof === null) throw new Error(`The ledger does not extend its own ${size} entries.`);
  return proof;
};

/** A checkpoint over a head that was changed, by the key that the ledger signs with. */
const signed = (head: TreeHead): Checkpoint => ({ head, text: signCheckpoint(head, testKeyPem()) });

const otherRoot = Buffer.alloc(32, 9).toString('base64');
const otherOrigin = 'github.com/acme/other/sallyport';

describe('a consistency proof', () => {
  it('shows the ledger to begin with whatever it was, after a trip through JSON', () => {
    for (const { head } of remembered) {
      const proof: unknown = JSON.parse(JSON.stringify(proofFrom(head.size)));
      expect(verifyConsistency(proof, keys)).toEqual({ ok: true, older: head, newer: ledger.head });
    }
  });

  it.each<[string, () => Checkpoint]>([
    ['a ledger that was rewritten', () => signed({ ...at(3).head, root: otherRoot })],
    ['a ledger that was longer', () => signed({ ...at(7).head, size: 8 })],
    ['another ledger', () => signed({ ...at(3).head, origin: otherOrigin })],
  ])('is not made from the checkpoint of %s', (_name, older) => {
    expect(proveConsistency(ledger, older())).toBeNull();
  });

  it.each<[string, (proof: ConsistencyProof) => unknown, string]>([
    ['nothing', () => null, 'proof-malformed'],
    ['a field too many', (proof) => ({ ...proof, note: '' }), 'proof-malformed'],
    ['a path that is not base64', (proof) => ({ ...proof, path: ['*'] }), 'proof-malformed'],
    ['base64 with spare bits set', (proof) => ({ ...proof, path: proof.path.map((hash) => `${hash.slice(0, -2)}${hash.at(-2) === 'd' ? 'f' : 'd'}=`) }), 'proof-malformed'],
    ['another path', (proof) => ({ ...proof, path: proofFrom(5).path }), 'not-consistent'],
    ['a path cut short', (proof) => ({ ...proof, path: proof.path.slice(1) }), 'not-consistent'],
    ['an older checkpoint of another size', (proof) => ({ ...proof, older: at(2).text }), 'not-consistent'],
    ['older and newer exchanged', (proof) => ({ ...proof, older: proof.newer, newer: proof.older }), 'not-consistent'],
    ['a newer checkpoint of another root', (proof) => ({ ...proof, newer: signed({ ...ledger.head, root: otherRoot }).text }), 'not-consistent'],
    ['an older checkpoint by another key', (proof) => ({ ...proof, older: signCheckpoint(at(3).head, testKeyPem(2)) }), 'checkpoint-signature'],
    ['a newer checkpoint by another key', (proof) => ({ ...proof, newer: signCheckpoint(ledger.head, testKeyPem(2)) }), 'checkpoint-signature'],
    ['an older checkpoint that is no note', (proof) => ({ ...proof, older: 'rubbish' }), 'checkpoint-malformed'],
  ])('is refused: %s', (_name, change, code) => {
    expect(verifyConsistency(change(proofFrom(3)), keys)).toMatchObject({ ok: false, code });
  });

  it('is refused between two ledgers that both are trusted', () => {
    const older = signed({ ...at(3).head, origin: otherOrigin });
    const trusted = [...keys, verifierKey(otherOrigin, testKeyPem())];
    expect(openCheckpoint(older.text, trusted)).toMatchObject({ ok: true });
    expect(verifyConsistency({ ...proofFrom(3), older: older.text }, trusted)).toMatchObject({ ok: false, code: 'other-origin' });
  });

  it('is refused without a trusted key', () => {
    expect(verifyConsistency(proofFrom(3), [])).toMatchObject({ ok: false, code: 'no-trusted-key' });
  });
});
