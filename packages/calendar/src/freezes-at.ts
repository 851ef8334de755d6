import type { FreezeInForce } from './calendar-answer.ts';
import type { Instant } from './calendar.ts';
import { freezeIntervals } from './freeze-intervals.ts';
import type { Freeze } from './freeze-span.ts';

/** Every freeze in force at an instant, in the order they are given, each with the time it is in force. Throws `UnknownZoneError`. */
export function freezesAt<Given extends Freeze>(freezes: readonly Given[], at: Instant): readonly (FreezeInForce & { readonly freeze: Given })[] {
  return freezes.flatMap((freeze) => {
    const [interval] = freezeIntervals(freeze, at, at + 1);
    if (interval === undefined) return [];
    const { name, owner, reason } = freeze;
    return [{ name, owner, reason, since: interval.from, until: interval.to === Infinity ? null : interval.to, freeze }];
  });
}
