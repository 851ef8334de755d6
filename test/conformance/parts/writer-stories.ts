import { appendEntries, canonicalJson } from '@sallyport/ledger';
import type { AppendContext, LedgerStore } from '@sallyport/ledger';
import { createMemoryStore, testContext, testEntry } from '@sallyport/ledger/testing';
import { readIntact } from './ledger-scene.ts';
import { refused, seenIn, sound } from './story.ts';
import type { PartStory, Seen } from './story.ts';

/** How often each of `count` test entries is in the ledger: anything but once is a problem. */
async function onceEach(context: AppendContext, count: number): Promise<Seen> {
  const { entries } = await readIntact(context);
  const keys = entries.map(({ key }) => key);
  const expected = Array.from({ length: count }, (_, number) => testEntry(number).key);
  return seenIn([...expected.flatMap((key) => (keys.filter((one) => one === key).length === 1 ? [] : [`${key} is not there once`])), ...(entries.length === count ? [] : [`${entries.length} entries instead of ${count}`])]);
}

/** Counts the writes that came too late, so that a story can tell that writers really met. */
function countingConflicts(store: LedgerStore): LedgerStore & { readonly conflicts: () => number } {
  let conflicts = 0;
  return {
    conflicts: () => conflicts,
    read: () => store.read(),
    write: async (...asked) => {
      const outcome = await store.write(...asked);
      if (outcome === 'conflict') conflicts += 1;
      return outcome;
    },
  };
}

const turn = (): Promise<void> => new Promise((resolve) => {
  setImmediate(resolve);
});

const writers = 8;

/** The answer to the first write never comes, though what it said was done. */
function losingAnAnswer(store: LedgerStore): LedgerStore {
  let lost = false;
  return {
    read: () => store.read(),
    write: async (...asked) => {
      const outcome = await store.write(...asked);
      if (lost) return outcome;
      lost = true;
      throw new Error('The answer was lost.');
    },
  };
}

export const writerStories: readonly PartStory[] = [
  {
    id: 'L03.1',
    name: 'Eight writers append at once.',
    says: null,
    play: async (attacked) => {
      const store = countingConflicts(createMemoryStore(turn));
      const context = testContext({ store, attempts: 40 });
      const append = (number: number) => appendEntries(context, [testEntry(number)]);
      const numbers = Array.from({ length: writers }, (_, number) => number);
      if (attacked) await Promise.all(numbers.map(append));
      else for (const number of numbers) await append(number);
      if (attacked && store.conflicts() === 0) throw new Error('The writers never met.');
      return onceEach(context, writers);
    },
  },
  {
    id: 'L03.2',
    name: 'Others are faster each time, until a writer gives up: it says so, and has written nothing.',
    says: 'ledger-busy',
    play: async (attacked) => {
      const store = createMemoryStore();
      let others = 100;
      const late: LedgerStore = {
        read: () => store.read(),
        write: async (...asked) => {
          if (attacked) await appendEntries(testContext({ store }), [testEntry((others += 1))]);
          return store.write(...asked);
        },
      };
      const context = testContext({ store: late, attempts: 3 });
      try {
        await appendEntries(context, [testEntry(0)]);
      } catch (error) {
        const { entries } = await readIntact(context);
        if (entries.some(({ key }) => key === testEntry(0).key)) throw new Error('It gave up, and has written all the same.', { cause: error });
        return refused(String((error as { readonly code?: unknown }).code));
      }
      return sound;
    },
  },
  {
    id: 'L04.1',
    name: 'A write is done, its answer is lost, and the same is written again.',
    says: null,
    play: async (attacked) => {
      const store = createMemoryStore();
      const context = testContext({ store: attacked ? losingAnAnswer(store) : store });
      const first = await appendEntries(context, [testEntry(0)]).then(() => 'answered', () => 'lost');
      if ((first === 'lost') !== attacked) throw new Error(`The first write was ${first}.`);
      await appendEntries(context, [testEntry(0)]);
      return onceEach(context, 1);
    },
  },
  {
    id: 'L04.2',
    name: 'Two processes write the same entry at once.',
    says: null,
    play: async (attacked) => {
      const context = testContext({ store: createMemoryStore(turn), attempts: 10 });
      await Promise.all(Array.from({ length: attacked ? 2 : 1 }, () => appendEntries(context, [testEntry(0)])));
      return onceEach(context, 1);
    },
  },
  {
    id: 'L04.3',
    name: 'An entry comes again under the same key with other words: what was recorded stands, and the writer is told.',
    says: 'recorded with other words: review:override-0',
    play: async (attacked) => {
      const context = testContext();
      await appendEntries(context, [testEntry(0)]);
      const again = await appendEntries(context, [{ key: testEntry(0).key, body: testEntry(attacked ? 7 : 0).body }]);
      const { entries } = await readIntact(context);
      if (canonicalJson(entries.map(({ body }) => body)) !== canonicalJson([testEntry(0).body])) throw new Error('The recorded entry did not stand.');
      return again.state === 'moved' || again.differing.length === 0 ? sound : refused(`recorded with other words: ${again.differing.join(', ')}`);
    },
  },
];
