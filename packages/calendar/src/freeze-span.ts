import type { FreezePolicy } from '@sallyport/policy';
import type { Instant, Interval } from './calendar.ts';
import { freezeIntervals } from './freeze-intervals.ts';

/** A freeze as a plain span of time, for those that come from elsewhere than the policy's own list: holidays, calendar feeds. */
export type FreezeSpan = {
  readonly name: string;
  readonly owner: string;
  readonly reason: string;
  readonly from: Instant;
  /** null: until somebody ends it. */
  readonly to: Instant | null;
};

/** A freeze of either kind, made ready. */
export type PreparedFreeze = { readonly name: string; readonly owner: string; readonly reason: string; readonly touching: (from: Instant, to: Instant) => readonly Interval[] };

export const prepareFreeze = (freeze: FreezePolicy): PreparedFreeze => ({ ...named(freeze), touching: (from, to) => freezeIntervals(freeze, from, to) });

export function prepareSpan(span: FreezeSpan): PreparedFreeze {
  const interval = { from: span.from, to: span.to ?? Infinity };
  return { ...named(span), touching: (from, to) => (interval.from < interval.to && interval.to > from && interval.from < to ? [interval] : []) };
}

const named = ({ name, owner, reason }: Pick<FreezeSpan, 'name' | 'owner' | 'reason'>) => ({ name, owner, reason });
