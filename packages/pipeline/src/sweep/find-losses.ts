import { findLoss, openCheckpoint } from '@sallyport/ledger';
import type { VerifiedLedger } from '@sallyport/ledger';
import type { PromotionTag } from '../ports.ts';
import { parseTagMessage } from '../promotion-tag.ts';
import { describeFault } from '../require-intact.ts';

/**
 * What promotion tags remember of the ledger, and it has lost: by environment the newest tag of a promotion with a checkpoint that a key of the policy signed,
 * which knows all that came before it (L9). An old state of the branch is intact in itself; the tags are elsewhere, and only the gatekeeper makes them.
 */
export function findLosses(ledger: VerifiedLedger, tags: ReadonlyMap<string, readonly PromotionTag[]>, keys: readonly string[]): readonly string[] {
  const intended = new Set(ledger.entries.flatMap(({ body }) => (body.type === 'promotion-intended' ? [body.tag] : [])));
  return [...tags.values()].flatMap((ofEnvironment) => {
    for (const { name, message } of ofEnvironment.toSorted((one, other) => other.number - one.number)) {
      const opened = openCheckpoint(parseTagMessage(message)?.checkpoint ?? '', keys);
      // One that a former key signed, or that is of a former name of the repository, says nothing of this ledger.
      if (!opened.ok || opened.head.origin !== ledger.head.origin) continue;
      const loss = findLoss(ledger, opened.head);
      if (loss !== null) return [`${describeFault(loss)} The checkpoint is that of ${name}. If the next sweep says so too, put the branch back to the commit that knew it: a clone has it, or the activity of the repository names it.`];
      // One that the ledger never intended somebody may have made, with a checkpoint of long ago; then the older ones are asked too.
      if (intended.has(name)) return [];
    }
    return [];
  });
}
