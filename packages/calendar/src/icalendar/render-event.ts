import type { Instant } from '../calendar.ts';
import { zoneClock } from '../zone-clock.ts';
import { escapeText } from './content-text.ts';
import { eventUid } from './event-uid.ts';
import type { FeedEvent, FeedEventKind } from './feed.ts';
import { formatUtc, formatWallTime } from './format-time.ts';

const categories: Readonly<Record<FeedEventKind, string>> = { window: 'Release window', freeze: 'Freeze', release: 'Release' };

/** A window and a freeze say when something may happen; only a planned release takes people's time (RFC 5545 §3.8.2.7). */
const transparency: Readonly<Record<FeedEventKind, 'OPAQUE' | 'TRANSPARENT'>> = { window: 'TRANSPARENT', freeze: 'TRANSPARENT', release: 'OPAQUE' };

/** One VEVENT as unfolded lines. An event that ends when it begins has no DTEND (RFC 5545 §3.6.1). */
export function renderEvent(event: FeedEvent, repository: string, now: Instant): readonly string[] {
  const url = event.url === null ? null : safeUrl(event.url);
  const { from, to } = wholeSeconds(event);
  const time = timeFormat(event.zone, [from, to]);
  return [
    'BEGIN:VEVENT',
    `UID:${eventUid(repository, event.key)}`,
    `DTSTAMP:${formatUtc(now)}`,
    `SEQUENCE:${event.sequence}`,
    `DTSTART${time(from)}`,
    ...(to > from ? [`DTEND${time(to)}`] : []),
    `SUMMARY:${escapeText(event.summary)}`,
    ...(event.description === '' ? [] : [`DESCRIPTION:${escapeText(event.description)}`]),
    ...(url === null ? [] : [`URL:${url}`]),
    `CATEGORIES:${escapeText(categories[event.kind])}`,
    'STATUS:CONFIRMED',
    `TRANSP:${transparency[event.kind]}`,
    'END:VEVENT',
  ];
}

/** A part of a second at either end is counted in. */
export function wholeSeconds({ from, to }: FeedEvent): { readonly from: Instant; readonly to: Instant } {
  return { from: Math.floor(from / 1000) * 1000, to: Math.ceil(to / 1000) * 1000 };
}

/**
 * Times in the event's zone; in UTC where a local time would be read as another instant, as the second of two in a
 * repeated hour is (RFC 5545 §3.3.5).
 */
function timeFormat(zone: string, instants: readonly Instant[]): (at: Instant) => string {
  const clock = zoneClock(zone);
  const wallOf = (at: Instant): number => at + clock.offsetAt(at);
  if (zone === 'UTC' || instants.some((at) => clock.resolve(wallOf(at)) !== at)) return (at) => `:${formatUtc(at)}`;
  return (at) => `;TZID=${zone}:${formatWallTime(wallOf(at))}`;
}

/** As URLs are written, so that nothing in it can end the line; null for what a calendar program should not open. */
function safeUrl(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  const isWeb = url.protocol === 'https:' || url.protocol === 'http:';
  return isWeb && url.username === '' && url.password === '' ? url.href : null;
}
