import { createHash } from 'node:crypto';
import { proveInclusion, signCheckpoint, verifyInclusion } from '@sallyport/ledger';
import type { InclusionProof } from '@sallyport/ledger';
import { testLedgerOf, testOrigin } from '@sallyport/ledger/testing';
import { readIntact, sixEntries, size, testKeyPem } from './ledger-scene.ts';
import { refused, sound } from './story.ts';
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

export const proofStories: readonly PartStory[] = [
  forged('L05.1', 'A proof is shown for another entry than its own.', 'not-included', (proof, { proofOf }) => ({ ...proof, entry: proofOf(3).entry })),
  forged('L05.2', 'A proof is shown for another place than its own.', 'not-included', (proof) => ({ ...proof, index: 3 })),
  forged('L05.3', 'A proof is shown with the checkpoint of another size.', 'not-included', async (proof) => ({ ...proof, checkpoint: (await readIntact(await testLedgerOf(size + 1))).checkpoint ?? '' })),
  forged('L05.4', 'A proof of another ledger is shown, signed with the same key.', 'checkpoint-signature', async () => found(proveInclusion(await readIntact(await testLedgerOf(size, { origin: otherOrigin })), 2))),
  forged('L05.5', 'The checkpoint of a proof is signed with a key that nobody trusts.', 'checkpoint-signature', async (proof) => ({ ...proof, checkpoint: signCheckpoint((await readIntact(await testLedgerOf(size))).head, testKeyPem(9)) })),
  forged('L06.1', 'Two leaves, put together, are passed off as one entry in the place of their node.', 'not-included', (proof, scene) => asNode(proof, pairOf(scene))),
  forged('L06.2', 'A node, as it is hashed, is passed off as one entry.', 'not-included', (proof, scene) => asNode(proof, Buffer.concat([Uint8Array.of(1), pairOf(scene)]))),
  forged('L06.3', 'The path has a level more than the tree.', 'not-included', (proof) => ({ ...proof, path: [...proof.path, proof.path[0] ?? ''] })),
  forged('L06.4', 'The last two entries, which have no neighbours, are paired with themselves, as if they were there twice.', 'not-included', (_proof, { proofOf }) => {
    const last = proofOf(size - 1);
    const [neighbour = '', ...above] = last.path;
    const own = proofOf(size - 2).path[0] ?? '';
    const pair = createHash('sha256').update(Buffer.concat([Uint8Array.of(1), Buffer.from(neighbour, 'base64'), Buffer.from(own, 'base64')])).digest('base64');
    return { ...last, path: [neighbour, pair, ...above] };
  }),
];

/** What is hashed for the node above the third and the fourth entry: each is the other's neighbour in its path. */
const pairOf = ({ proofOf }: Scene): Buffer => Buffer.concat([3, 2].map((index) => Buffer.from(proofOf(index).path[0] ?? '', 'base64')));

/** A proof for the place of that node, one level up. */
const asNode = (proof: InclusionProof, bytes: Uint8Array): InclusionProof => ({ ...proof, index: 1, entry: Buffer.from(bytes).toString('base64'), path: proof.path.slice(1) });
