import { describe, expect, it } from 'vitest';
import { testContext, testEntry, testLedgerOf } from './ledger-builder.ts';
import { appendEntries } from './append.ts';
import type { VerifiedLedger } from './ledger.ts';
import { readLedger } from './read-ledger.ts';
import { findInconsistency } from './find-inconsistency.ts';
import { verifyLedger } from './verify-ledger.ts';

async function ledgerOf(...numbers: readonly number[]): Promise<VerifiedLedger> {
  const context = testContext();
  for (const number of numbers) await appendEntries(context, [testEntry(number)]);
  const read = await readLedger(context.store, context);
  if (read.state !== 'intact') throw new Error('It is not intact.');
  return read;
}

describe('where a ledger does not begin with what a head knows', () => {
  it.each([0, 1, 2, 5, 6])('is nothing where it began with those %i entries', async (size) => {
    const { head } = await ledgerOf(...Array.from({ length: size }, (_, index) => index));
    expect(findInconsistency(await ledgerOf(0, 1, 2, 3, 4, 5), head)).toBeNull();
  });

  it.each<[string, readonly number[], readonly number[], string]>([
    ['the end, where it is shorter', [0, 1, 2, 3], [0, 1, 2], 'there are 3: the end was cut off'],
    ['everything, where it is empty', [0], [], 'there are 0: the end was cut off'],
    ['the last entry, where there is another', [0, 1, 2], [0, 1, 9], 'The first 3 entries are not those'],
    ['an entry in the middle, where others came after it', [0, 1, 2], [0, 8, 2, 3, 4], 'The first 3 entries are not those'],
    ['the first, where it begins otherwise', [0], [7, 0], 'The first 1 entries are not those'],
  ])('is %s', async (_name, known, now, says) => {
    const { head } = await ledgerOf(...known);
    const fault = findInconsistency(await ledgerOf(...now), head);
    expect(fault).toMatchObject({ code: 'inconsistent-with-remembered', message: expect.stringContaining(says) as string });
    const context = await testLedgerOf(0);
    for (const number of now) await appendEntries(context, [testEntry(number)]);
    expect(verifyLedger(await context.store.read(), { ...context, remembered: [head] }), 'as whoever hashes everything finds it').toMatchObject({ state: 'broken', faults: [fault] });
  });

  it('cannot be said by the head of another ledger', async () => {
    const ledger = await ledgerOf(0);
    expect(findInconsistency(ledger, { ...ledger.head, origin: 'github.com/acme/other/sallyport' })?.message).toContain('is of github.com/acme/other/sallyport');
  });
});
