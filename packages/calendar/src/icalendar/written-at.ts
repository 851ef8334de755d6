import type { Instant } from '../calendar.ts';
import type { Component } from './component-tree.ts';
import { parseWrittenTime } from './feed-time.ts';

/** When a file says it was made: the LAST-MODIFIED of a calendar (RFC 7986 §5.4), else the newest DTSTAMP of its events. null: it says nothing that can be read. */
export function writtenAt(calendars: readonly Component[]): Instant | null {
  return newest(calendars, 'LAST-MODIFIED') ?? newest(calendars.flatMap(({ components }) => components), 'DTSTAMP');
}

function newest(components: readonly Component[], name: string): Instant | null {
  const times = components.flatMap(({ properties }) => properties).filter((property) => property.name === name).map(({ value }) => parseWrittenTime(value.trim()));
  return times.reduce<Instant | null>((latest, time) => (time?.isUtc ? Math.max(latest ?? -Infinity, time.wall) : latest), null);
}
