import type { ClockReading } from '@sallyport/gates';
import type { VerifiedLedger } from '@sallyport/ledger';
import type { Calendars } from '../gather-calendars.ts';
import type { LedgerState } from '../ledger-state.ts';
import type { Outside, PromotionTag, RepositoryFact } from '../ports.ts';
import type { CurrentPolicy } from '../read-policy.ts';

/** What one round of the gatekeeper's sweep stands on. Everything else is asked of `outside` while planning. */
export type View = {
  readonly outside: Outside;
  readonly now: ClockReading;
  /** The trusted time: without one no round is planned. */
  readonly at: number;
  readonly repository: RepositoryFact;
  readonly policy: CurrentPolicy;
  /** Read once for the round, when they are first asked for. */
  readonly calendars: Calendars;
  /** Promotion tags by environment, listed before the ledger was read: whatever they carry, it has to know. */
  readonly tags: ReadonlyMap<string, readonly PromotionTag[]>;
  readonly ledger: VerifiedLedger;
  readonly state: LedgerState;
  /** Why commands may be unread, so that nobody knows whether something is on hold; null when all are read. */
  readonly unreadCommands: string | null;
};
