import type { LedgerFiles } from '@sallyport/ledger';
import { edited, readIntact, regrown, sixEntries, size, verified } from './ledger-scene.ts';
import type { PartStory } from './story.ts';

type Entries = LedgerFiles['entries'];

const at = (entries: Entries, index: number): Uint8Array => entries[index] ?? new Uint8Array();

/** Verifies six entries, in the attack with a change that nobody signed. */
const changed = (id: string, name: string, says: string, change: (entries: Entries, editedThird: Uint8Array) => Entries): PartStory => ({
  id,
  name,
  says,
  play: async (attacked) => {
    const { context, files } = await sixEntries();
    const third = edited(await readIntact(context), 2);
    return verified(attacked ? { ...files, entries: change(files.entries, third) } : files, context);
  },
});

/** Verifies against the head that somebody remembers from before, the attack being another ledger with valid signatures. */
const remembered = (id: string, name: string, says: string, attack: () => Promise<LedgerFiles>): PartStory => ({
  id,
  name,
  says,
  play: async (attacked) => {
    const { context, files } = await sixEntries();
    const { head } = await readIntact(context);
    const rewritten = await attack();
    const alone = verified(rewritten, context);
    if (alone.state === 'refused') throw new Error(`Even who remembers nothing would notice: ${alone.says}.`);
    return verified(attacked ? rewritten : files, { ...context, remembered: [head] });
  },
});

export const recordStories: readonly PartStory[] = [
  changed('L01.1', 'An entry in the middle is edited.', 'entry-chain 2', (entries, third) => entries.with(2, third)),
  changed('L01.2', 'The last entry is dropped.', 'size-mismatch 5', (entries) => entries.slice(0, -1)),
  changed('L01.3', 'An entry in the middle is dropped.', 'entry-index 2', (entries) => entries.toSpliced(2, 1)),
  changed('L01.4', 'An entry is put in a second time.', 'entry-duplicate-key 3', (entries) => entries.toSpliced(3, 0, at(entries, 2))),
  changed('L01.5', 'Two entries change places.', 'entry-index 2', (entries) => entries.with(2, at(entries, 3)).with(3, at(entries, 2))),
  changed('L01.6', 'An entry is added at the end without a new checkpoint.', 'size-mismatch 6', (entries, third) => [...entries, third]),
  remembered('L02.1', 'The end is cut off, and the shorter ledger signed.', 'inconsistent-with-remembered 4', () => regrown(4, 4)),
  remembered('L02.2', 'The end is cut off, and other entries are grown in its place and signed.', 'inconsistent-with-remembered', () => regrown(4, size)),
  remembered('L02.3', 'Other entries are grown past the place where the end was.', 'inconsistent-with-remembered', () => regrown(4, size + 2)),
];
