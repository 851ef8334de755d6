import type { Instant } from '../calendar.ts';
import { UnknownZoneError } from '../unknown-zone-error.ts';
import { checkZone } from '../zone.ts';
import { escapeText } from './content-text.ts';
import type { Feed, FeedEvent } from './feed.ts';
import { foldLine } from './fold-line.ts';
import { renderEvent, wholeSeconds } from './render-event.ts';
import { renderZone } from './render-zone.ts';

/**
 * A feed as iCalendar text (RFC 5545, with the names of RFC 7986 and the X- properties that Google Calendar, Outlook and
 * Apple Calendar look at), to be served as `text/calendar; charset=utf-8`. The same data and `now` give the same
 * text; `now` only shows as DTSTAMP. Events come in the order of their start, then of their key.
 * Throws `UnknownZoneError` on a zone that `checkZone` refuses, and `RangeError` on what no feed can say: two events of
 * one key, one that ends before it begins, a sequence that is no whole number, a year that has not four digits.
 */
export function renderFeed(feed: Feed, now: Instant): string {
  const events = feed.events.toSorted((one, other) => one.from - other.from || compareText(one.key, other.key));
  requireSense(feed);
  const refresh = `PT${feed.refreshMinutes}M`;
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Sallyport//Release calendar//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `NAME:${escapeText(feed.name)}`,
    `X-WR-CALNAME:${escapeText(feed.name)}`,
    `REFRESH-INTERVAL;VALUE=DURATION:${refresh}`,
    `X-PUBLISHED-TTL:${refresh}`,
    ...zonesOf(events).flatMap((zone) => renderZoneOf(zone, events)),
    ...events.flatMap((event) => renderEvent(event, feed.repository, now)),
    'END:VCALENDAR',
  ];
  return lines.map(foldLine).join('');
}

const zonesOf = (events: readonly FeedEvent[]): readonly string[] => [...new Set(events.map(({ zone }) => zone))].filter((zone) => zone !== 'UTC').sort(compareText);

function renderZoneOf(zone: string, events: readonly FeedEvent[]): readonly string[] {
  const inZone = events.filter((event) => event.zone === zone).map(wholeSeconds);
  const first = inZone.reduce((least, { from }) => Math.min(least, from), Infinity);
  const last = inZone.reduce((greatest, { to }) => Math.max(greatest, to), -Infinity);
  return renderZone(zone, first, last);
}

function requireSense({ events, refreshMinutes }: Feed): void {
  if (!Number.isInteger(refreshMinutes) || refreshMinutes < 1) throw new RangeError(`A feed is refreshed every whole number of minutes, not every ${refreshMinutes}.`);
  const keys = new Set<string>();
  for (const { key, from, to, zone, sequence } of events) {
    if (!checkZone(zone).ok) throw new UnknownZoneError(zone);
    if (keys.has(key)) throw new RangeError(`Two events of the feed have the key “${key}”, so calendar programs would show one of them. Give each its own.`);
    keys.add(key);
    if (!(from <= to)) throw new RangeError(`The event “${key}” ends before it begins.`);
    if (!Number.isInteger(sequence) || sequence < 0) throw new RangeError(`The event “${key}” has the sequence ${sequence}; it counts changes from 0.`);
  }
}

/** By code units, as on every machine. No two zones, and no two keys of a feed that is written, are the same. */
const compareText = (one: string, other: string): number => (one < other ? -1 : 1);
