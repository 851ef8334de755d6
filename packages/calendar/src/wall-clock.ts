import { IANAZone } from 'luxon';
import type { Instant } from './calendar.ts';
import { UnknownZoneError } from './unknown-zone-error.ts';

const minute = 60_000;

/**
 * The instant of a wall time (`YYYY-MM-DD` and minutes after midnight) in a zone. A time in a gap moves forward by the
 * gap's length; a repeated one is the earlier instant (RFC 5545 §3.3.5, Temporal "compatible"). null: the zone skipped
 * the whole date. Throws `UnknownZoneError` rather than answer in UTC. Offsets come from the zone alone; luxon's own local-time constructors look at today's date.
 */
export function resolveWallTime(zone: string, date: string, minutes: number): Instant | null {
  const iana = IANAZone.create(zone);
  if (!iana.isValid) throw new UnknownZoneError(zone);
  if (isSkippedDate(iana, date)) return null;
  return resolve(iana, Date.parse(`${date}T00:00Z`) + minutes * minute);
}

/** `wall` is the wall time written as if it were UTC. */
function resolve(zone: IANAZone, wall: number): Instant {
  // No zone is further than a day from UTC, and since 1990 none has changed twice within four days, so these two
  // offsets are the ones before and after any change nearby.
  const before = zone.offset(wall - 24 * 60 * minute) * minute;
  const after = zone.offset(wall + 24 * 60 * minute) * minute;
  const candidates = [wall - before, wall - after].filter((instant) => instant + zone.offset(instant) * minute === wall);
  return candidates.length > 0 ? Math.min(...candidates) : wall - before;
}

/** Samoa's 30 December 2011 and its like: no instant has that local date. */
function isSkippedDate(zone: IANAZone, date: string): boolean {
  const noon = resolve(zone, Date.parse(`${date}T12:00Z`));
  return new Date(noon + zone.offset(noon) * minute).toISOString().slice(0, 10) !== date;
}
