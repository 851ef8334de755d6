import type { Instant } from '../calendar.ts';
import { day } from '../day-number.ts';
import { resolveOrSkip } from '../wall-clock.ts';
import { zoneClock } from '../zone-clock.ts';
import type { WallTime } from '../zone-clock.ts';
import { parameter } from './content-line.ts';
import type { ContentLine } from './content-line.ts';
import { quote } from './feed-problem.ts';
import type { Report } from './feed-problem.ts';
import { zoneOfTzid } from './feed-zones.ts';

/** A date or a time as a file gives it, with the zone whose clock it is read from. */
export type FeedTime = {
  readonly kind: 'date' | 'date-time';
  /** Midnight for a date. */
  readonly wall: WallTime;
  readonly zone: string;
  /** The file's own name for the zone; null for a date, a time in UTC, and one that names no zone. */
  readonly tzid: string | null;
};

/** What was written, before a zone is asked for. A `Z` says that it is UTC. */
export type WrittenTime = { readonly kind: 'date' | 'date-time'; readonly wall: WallTime; readonly isUtc: boolean };

/** `20261205` or `20261205T060000`, with `Z` for UTC; null for anything else and for what no calendar has. A leap second counts as the one before (RFC 5545 §3.3.12). */
export function parseWrittenTime(text: string): WrittenTime | null {
  const kind = text.length === 8 ? 'date' : 'date-time';
  const [, year, month, date, hours, minutes, seconds, utc] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(Z?)$/.exec(kind === 'date' ? `${text}T000000` : text) ?? [];
  const iso = `${year}-${month}-${date}T${hours}:${minutes}:${seconds === '60' ? '59' : seconds}.000Z`;
  const wall = Date.parse(iso);
  return Number.isNaN(wall) || new Date(wall).toISOString() !== iso ? null : { kind, wall, isUtc: utc === 'Z' };
}

/**
 * A value of a property as a time. `zone` is the clock for dates and for times that name none; null refuses them, because
 * a guess would be wrong by hours. Its own VTIMEZONE is not asked. null after a report.
 */
export function readTime(property: ContentLine, value: string, zone: string | null, report: Report): FeedTime | null {
  const { name, line } = property;
  const written = parseWrittenTime(value.trim());
  const type = parameter(property, 'VALUE')?.toUpperCase() ?? null;
  if (written === null || (type === 'DATE' && written.kind !== 'date') || (type === 'DATE-TIME' && written.kind !== 'date-time')) {
    report('date-time', line, `${name} has ${quote(value)}, which is no ${type === 'DATE' ? 'date like 20261224' : 'time like 20261224T180000Z'}. Correct it in the calendar it comes from.`);
    return null;
  }
  const { kind, wall, isUtc } = written;
  const names = property.parameters.get('TZID');
  if (isUtc && names === undefined) return { kind, wall, zone: 'UTC', tzid: null };
  if (kind === 'date' || names === undefined) return readZoneless(property, { kind, wall }, zone, report);
  const tzid = parameter(property, 'TZID');
  const named = tzid === null ? null : zoneOfTzid(tzid);
  if (isUtc || named === null) {
    const what = isUtc ? `${quote(value)} is UTC and has a TZID too` : `the TZID ${quote(names.join(','))} is neither an IANA name like America/Los_Angeles nor a Windows name like Pacific Standard Time`;
    report('unknown-zone', line, `In ${name}, ${what}, so when it is cannot be told. Choose a zone by its place in the calendar it comes from.`);
    return null;
  }
  return { kind, wall, zone: named, tzid };
}

function readZoneless({ name, line, value }: ContentLine, { kind, wall }: Pick<WrittenTime, 'kind' | 'wall'>, zone: string | null, report: Report): FeedTime | null {
  if (zone !== null) return { kind, wall, zone, tzid: null };
  const what = kind === 'date' ? 'is a whole day' : 'names no zone';
  report('floating-time', line, `${name} ${quote(value)} ${what}, and a day begins at another moment in every zone. Say in which zone the calendar is to be read.`);
  return null;
}

/** The instant. What falls into a gap moves forward by it; what falls on a date that the zone skipped is the moment of the skip. */
export function instantOf({ wall, zone }: FeedTime): Instant {
  if (zone === 'UTC') return wall;
  const date = Math.floor(wall / day);
  return resolveOrSkip(zoneClock(zone), date, wall - date * day);
}
