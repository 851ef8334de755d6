import type { LedgerFault, TreeHead, VerifiedLedger } from './ledger.ts';

/**
 * Where an intact ledger does not begin with what a remembered head knows; null: it does. The head's signature has to be checked before. Hashes nothing:
 * each entry holds the root of all before it, and that chain was verified.
 */
export function findInconsistency(ledger: Pick<VerifiedLedger, 'head' | 'entries'>, head: TreeHead): LedgerFault | null {
  const { origin, size, root } = ledger.head;
  if (head.origin !== origin) return ofAnother(head, origin);
  if (head.size > size) return cutOff(head, size);
  const rootThen = head.size === size ? root : ledger.entries[head.size]?.previousRoot;
  return rootThen === head.root ? null : rewritten(head, 0);
}

const inconsistent = (index: number | null, message: string): LedgerFault => ({ code: 'inconsistent-with-remembered', index, message });

export const ofAnother = (head: TreeHead, origin: string): LedgerFault => inconsistent(null, `A remembered checkpoint is of ${head.origin}, not of ${origin}.`);

export const cutOff = (head: TreeHead, size: number): LedgerFault => inconsistent(size, `A remembered checkpoint knows ${head.size} entries and there are ${size}: the end was cut off.`);

/** `agreed`: how many entries, from the first, are known to be the same. */
export const rewritten = (head: TreeHead, agreed: number): LedgerFault => inconsistent(agreed, `The first ${head.size} entries are not those of a remembered checkpoint: between entry ${agreed} and entry ${head.size - 1} the record was rewritten.`);
