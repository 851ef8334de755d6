import { findInconsistency, openCheckpoint } from '@sallyport/ledger';
import type { VerifiedLedger } from '@sallyport/ledger';
import type { PromotionTag } from '../ports.ts';
import { parseTagMessage } from '../promotion-tag.ts';
import { describeFault } from '../require-intact.ts';

/**
 * Where an intact ledger does not know what promotion tags remember (L9), at most one sentence for each environment; none: nothing. Looked at are the checkpoints
 * that one of `keys` signed for this ledger, from the newest tag down to the first that the ledger intended: it knows all that older ones know.
 */
export function findInconsistencies(ledger: VerifiedLedger, tags: ReadonlyMap<string, readonly PromotionTag[]>, keys: readonly string[]): readonly string[] {
  const intended = new Set(ledger.entries.flatMap(({ body }) => (body.type === 'promotion-intended' ? [body.tag] : [])));
  return [...tags.values()].flatMap((ofEnvironment) => {
    for (const { name, message } of ofEnvironment.toSorted((one, other) => other.number - one.number)) {
      const opened = openCheckpoint(parseTagMessage(message)?.checkpoint ?? '', keys);
      // One that a former key signed, or that is of a former name of the repository, says nothing of this ledger.
      if (!opened.ok || opened.head.origin !== ledger.head.origin) continue;
      const fault = findInconsistency(ledger, opened.head);
      if (fault !== null) return [`${describeFault(fault)} The checkpoint is that of ${name}. If the next sweep says so too, put the branch back to the commit that knew it: a clone has it, or the activity of the repository names it.`];
      // A tag that the ledger never intended may be made by hand, with an old checkpoint copied into it, so the older tags are looked at too.
      if (intended.has(name)) return [];
    }
    return [];
  });
}
