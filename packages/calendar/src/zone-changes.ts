import type { Instant } from './calendar.ts';
import { day } from './day-number.ts';
import type { OffsetReader } from './zone-offset.ts';

/**
 * How a zone's wall clock goes over a span of time: from `starts[i]`, until the next, it is `offsets[i]` milliseconds
 * ahead of UTC. The first start is minus infinity.
 */
export type ZoneChanges = { readonly starts: readonly Instant[]; readonly offsets: readonly number[] };

/**
 * No zone keeps a time for less than a week (Recife's summer of 2000, the Ramadans of Gaza), so that two changes which
 * undo each other cannot fall between two looks.
 */
const step = 6 * day;
const second = 1000;

/** Finds every change of the clock in `(from, to]`, to the second, on which changes fall. Both are whole seconds. */
export function findZoneChanges(offsetAt: OffsetReader, from: Instant, to: Instant): ZoneChanges {
  const starts: Instant[] = [-Infinity];
  const offsets: number[] = [offsetAt(from)];
  for (let looked = from; looked < to; ) {
    const next = Math.min(looked + step, to);
    const after = offsetAt(next);
    while (after !== offsets.at(-1)) {
      const change = firstChange(offsetAt, looked, next);
      starts.push(change);
      offsets.push(offsetAt(change));
      looked = change;
    }
    looked = next;
  }
  return { starts, offsets };
}

/** Somewhere after `from` and no later than `to` the offset differs from that at `from`; halves the way to it. */
function firstChange(offsetAt: OffsetReader, from: Instant, to: Instant): Instant {
  const before = offsetAt(from);
  let [same, other] = [from / second, to / second];
  while (other - same > 1) {
    const middle = Math.floor((same + other) / 2);
    if (offsetAt(middle * second) === before) same = middle;
    else other = middle;
  }
  return other * second;
}
