import { proveInclusion, signCheckpoint, verifyInclusion } from '@sallyport/ledger';
import type { InclusionProof } from '@sallyport/ledger';
import { testLedgerOf, testOrigin } from '@sallyport/ledger/testing';
import { hashLeaf, merkleRoot } from '../../../packages/ledger/src/merkle-tree.ts';
import { readIntact, sixEntries, size, testKeyPem } from './ledger-scene.ts';
import { refused, seenIn, sound } from './story.ts';
import type { PartStory, Seen } from './story.ts';

const otherOrigin = 'github.com/evil/shop/sallyport';

/** A proof as an auditor checks it: against the keys, and the ledger that is meant. */
function checked(proof: unknown, keys: readonly string[]): Seen {
  const check = verifyInclusion(proof, keys);
  if (!check.ok) return refused(check.code);
  return check.head.origin === testOrigin ? sound : refused(`it is of ${check.head.origin}`);
}

type Scene = { readonly proofOf: (index: number) => InclusionProof };

/** The proof of the third of six entries, in the attack with a part of another. */
const forged = (id: string, name: string, says: string, attack: (proof: InclusionProof, scene: Scene) => InclusionProof | Promise<InclusionProof>): PartStory => ({
  id,
  name,
  says,
  play: async (attacked) => {
    const { context } = await sixEntries();
    const ledger = await readIntact(context);
    const proofOf = (index: number): InclusionProof => found(proveInclusion(ledger, index));
    const proof = proofOf(2);
    return checked(attacked ? await attack(proof, { proofOf }) : proof, context.keys);
  },
});

function found(proof: InclusionProof | null): InclusionProof {
  if (proof === null) throw new Error('There is no proof.');
  return proof;
}

/** Leaves of another ledger that must not have the root of this one. */
const sameRoot = (id: string, name: string, attack: (hashes: readonly Uint8Array[], leaves: readonly Uint8Array[]) => readonly Uint8Array[], count = 4): PartStory => ({
  id,
  name,
  says: null,
  play: (attacked) => {
    const leaves = Array.from({ length: count }, (_, number) => Buffer.from(`entry ${number}`));
    const others = attacked ? attack(leaves.map(hashLeaf), leaves) : leaves.toReversed();
    const [root, other] = [leaves, others].map((all) => Buffer.from(merkleRoot(all.map(hashLeaf))).toString('hex'));
    return seenIn(root === other ? ['two ledgers have one root'] : []);
  },
});

/** What is hashed for each node of the lowest level, after `before`. */
const pairs = (hashes: readonly Uint8Array[], before: readonly number[]): readonly Uint8Array[] => hashes.flatMap((left, index) => (index % 2 === 0 ? [Buffer.concat([Uint8Array.from(before), left, hashes[index + 1] ?? left])] : []));

export const proofStories: readonly PartStory[] = [
  forged('L05.1', 'A proof is shown for another entry than its own.', 'not-included', (proof, { proofOf }) => ({ ...proof, entry: proofOf(3).entry })),
  forged('L05.2', 'A proof is shown for another place than its own.', 'not-included', (proof) => ({ ...proof, index: 3 })),
  forged('L05.3', 'A proof is shown with the checkpoint of another size.', 'not-included', async (proof) => ({ ...proof, checkpoint: (await readIntact(await testLedgerOf(size + 1))).checkpoint ?? '' })),
  forged('L05.4', 'A proof of another ledger is shown, signed with the same key.', 'checkpoint-signature', async () => found(proveInclusion(await readIntact(await testLedgerOf(size, { origin: otherOrigin })), 2))),
  forged('L05.5', 'The checkpoint of a proof is signed with a key that nobody trusts.', 'checkpoint-signature', async (proof) => ({ ...proof, checkpoint: signCheckpoint((await readIntact(await testLedgerOf(size))).head, testKeyPem(9)) })),
  sameRoot('L06.1', 'Two neighbours’ hashes, put together, are a leaf of a smaller ledger.', (hashes) => pairs(hashes, [])),
  sameRoot('L06.2', 'A node, with the byte that marks nodes, is a leaf of a smaller ledger.', (hashes) => pairs(hashes, [1])),
  forged('L06.3', 'The path has a level more than the tree.', 'not-included', (proof) => ({ ...proof, path: [...proof.path, proof.path[0] ?? ''] })),
  sameRoot('L06.4', 'A last entry without a neighbour is there twice, where readers of other trees would pair it with itself.', (_hashes, leaves) => [...leaves, ...leaves.slice(-1)], 3),
];
