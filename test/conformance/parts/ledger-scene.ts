import { appendEntries, encodeEntry, readLedger, verifyLedger } from '@sallyport/ledger';
import type { AppendContext, LedgerFiles, TreeHead, VerifiedLedger } from '@sallyport/ledger';
import { testEntry, testKeyPem, testLedgerOf, testOrigin } from '@sallyport/ledger/testing';
import { refused, sound } from './story.ts';
import type { Seen } from './story.ts';

export const size = 6;

/** A ledger of six entries, with its context. */
export async function sixEntries(): Promise<{ readonly context: AppendContext; readonly files: LedgerFiles }> {
  const context = await testLedgerOf(size);
  return { context, files: await context.store.read() };
}

/** What verification says of files: nothing, or every fault with its place. */
export function verified(files: LedgerFiles, options: Pick<AppendContext, 'keys'> & { readonly remembered?: readonly TreeHead[] }): Seen {
  const check = verifyLedger(files, { origin: testOrigin, ...options });
  return check.state === 'intact' ? sound : refused(check.faults.map(({ code, index }) => `${code} ${index}`).join(', '));
}

export async function readIntact({ store, ...context }: AppendContext): Promise<VerifiedLedger> {
  const ledger = await readLedger(store, context);
  if (ledger.state !== 'intact') throw new Error('The ledger of the story is not intact.');
  return ledger;
}

/** The ledger that somebody with the signing key makes from the first `kept` entries: whole in itself, with other entries up to `to`. */
export async function regrown(kept: number, to: number): Promise<LedgerFiles> {
  const context = await testLedgerOf(kept);
  for (let number = kept; number < to; number += 1) await appendEntries(context, [testEntry(number + 500)]);
  return context.store.read();
}

/** One entry with another body, its bytes canonical as those of any other. */
export const edited = (ledger: VerifiedLedger, index: number): Uint8Array => {
  const entry = ledger.entries[index];
  if (entry === undefined) throw new RangeError(`There is no entry ${index}.`);
  return encodeEntry({ ...entry, body: testEntry(99).body }).bytes;
};

export { testKeyPem };
