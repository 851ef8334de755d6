import type { Outside } from '@sallyport/pipeline';
import type { PromotionScene } from './scene.ts';

/** A gatekeeper that is gone at its first promotion tag: `before` GitHub is asked for it, or `after` GitHub has made it. Resolves when it is. */
export async function dieAtTag(scene: PromotionScene, moment: 'before' | 'after'): Promise<void> {
  let die = (): void => undefined;
  const death = new Promise<void>((resolve) => (die = resolve));
  const dying = (outside: Outside): Outside => ({
    ...outside,
    promotions: {
      ...outside.promotions,
      createTag: async (tag) => {
        if (moment === 'after') await outside.promotions.createTag(tag);
        die();
        // Whoever is dead neither hears an answer nor goes on.
        return new Promise(() => undefined);
      },
    },
  });
  const swept = scene.sweep(dying).then(() => {
    throw new Error('The gatekeeper never came to make a tag.');
  });
  await Promise.race([death, swept]);
}

/** Holds the first write of each of so many gatekeepers until all have come to it, so that they really meet. Counts the writes that came too late. */
export function meetingAtLedger(count: number): { readonly through: (outside: Outside) => Outside; readonly conflicts: () => number } {
  let [waiting, conflicts] = [0, 0];
  let open = (): void => undefined;
  const gate = new Promise<void>((resolve) => (open = resolve));
  return {
    conflicts: () => conflicts,
    through: (outside) => {
      let came = false;
      return {
        ...outside,
        ledger: {
          read: () => outside.ledger.read(),
          write: async (...asked) => {
            if (!came) {
              came = true;
              waiting += 1;
              if (waiting === count) open();
              await gate;
            }
            const outcome = await outside.ledger.write(...asked);
            if (outcome === 'conflict') conflicts += 1;
            return outcome;
          },
        },
      };
    },
  };
}
