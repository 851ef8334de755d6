import type { FreezePolicy } from '@sallyport/policy';
import type { Instant } from './calendar.ts';

/** A freeze as a plain span of time, for those that come from elsewhere than the policy's own list: holidays, calendar feeds. */
export type FreezeSpan = {
  readonly name: string;
  /** IANA name of the zone in which people read its times. */
  readonly zone: string;
  readonly owner: string;
  readonly reason: string;
  readonly from: Instant;
  /** null: until somebody ends it. */
  readonly to: Instant | null;
};

/** A freeze by the wall clock of the policy, or one that is fixed already. */
export type Freeze = FreezePolicy | FreezeSpan;

export const isSpan = (freeze: Freeze): freeze is FreezeSpan => typeof freeze.from === 'number';
