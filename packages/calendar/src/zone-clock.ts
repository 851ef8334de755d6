import type { Instant } from './calendar.ts';
import { day } from './day-number.ts';
import type { DayNumber } from './day-number.ts';
import { findZoneChanges } from './zone-changes.ts';
import type { ZoneChanges } from './zone-changes.ts';
import { offsetReader } from './zone-offset.ts';

/** A wall time written as the instant at which UTC's clock shows it. */
export type WallTime = number;

/** The wall clock of a zone. Every answer is a look into a table; only its first look at some years reads the time zone database. */
export type ZoneClock = {
  /** Milliseconds ahead of UTC. */
  readonly offsetAt: (at: Instant) => number;
  /** A time in a gap moves forward by the gap's length; a repeated one is the earlier instant (RFC 5545 §3.3.5, Temporal "compatible"). */
  readonly resolve: (wall: WallTime) => Instant;
  /** Whether any instant has that local date. Samoa had no 30 December 2011. */
  readonly hasDate: (date: DayNumber) => boolean;
};

/** Some two years. A power of two, so that which table answers is found exactly. */
const span = 2 ** 36;
/** No zone was ever further than sixteen hours from UTC. */
const margin = 2 * day;

const clocks = new Map<string, ZoneClock>();

/** The clock of a zone, the same one whenever it is asked for. Throws `UnknownZoneError` rather than answer in UTC. */
export function zoneClock(zone: string): ZoneClock {
  const known = clocks.get(zone);
  if (known !== undefined) return known;
  const clock = createZoneClock(zone);
  clocks.set(zone, clock);
  return clock;
}

function createZoneClock(zone: string): ZoneClock {
  const read = offsetReader(zone);
  const tables = new Map<number, ZoneChanges>();
  const tableFor = (time: number): ZoneChanges => {
    const index = Math.floor(time / span);
    const known = tables.get(index);
    if (known !== undefined) return known;
    const found = findZoneChanges(read, wholeSecond(index * span - margin), wholeSecond((index + 1) * span + margin));
    tables.set(index, found);
    return found;
  };
  return {
    offsetAt: (at) => offsetIn(tableFor(at), at),
    resolve: (wall) => resolveIn(tableFor(wall), wall),
    hasDate: (date) => hasDateIn(tableFor(date * day), date * day),
  };
}

const wholeSecond = (at: Instant): Instant => Math.floor(at / 1000) * 1000;

function offsetIn({ starts, offsets }: ZoneChanges, at: Instant): number {
  let index = offsets.length - 1;
  while (index > 0 && at < (starts[index] ?? -Infinity)) index -= 1;
  return offsets[index] ?? 0;
}

/** The first stretch of one offset that shows the time is the earlier one; a stretch that begins with a later time follows a gap. */
function resolveIn({ starts, offsets }: ZoneChanges, wall: WallTime): Instant {
  let before = offsets[0] ?? 0;
  for (const [index, offset] of offsets.entries()) {
    const at = wall - offset;
    if (at < (starts[index] ?? -Infinity)) return wall - before;
    if (at < (starts[index + 1] ?? Infinity)) return at;
    before = offset;
  }
  return wall - before;
}

function hasDateIn({ starts, offsets }: ZoneChanges, midnight: WallTime): boolean {
  return offsets.some((offset, index) => (starts[index] ?? -Infinity) + offset < midnight + day && (starts[index + 1] ?? Infinity) + offset > midnight);
}
