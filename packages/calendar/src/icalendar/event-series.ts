import type { CalendarEvent } from './calendar-event.ts';
import { quote } from './feed-problem.ts';
import type { Report } from './feed-problem.ts';
import type { FeedTime } from './feed-time.ts';

/** All events of one UID: the one that comes back, and those that stand for one of its occurrences (RFC 5545 §3.8.4.4). */
export type EventSeries = { readonly events: readonly CalendarEvent[]; readonly replaced: readonly FeedTime[] };

/**
 * Events by their UID, in the order of the file. Reported are two of one UID of which neither or both stand for the same
 * occurrence, because the later in the file need not be the newer. One that stands for an occurrence of an event that is
 * not in the file counts all the same.
 */
export function seriesOf(events: readonly CalendarEvent[], report: Report): readonly EventSeries[] {
  const byUid = new Map<string, CalendarEvent[]>();
  for (const event of events) {
    const others = byUid.get(event.uid);
    if (others === undefined) byUid.set(event.uid, [event]);
    else others.push(event);
  }
  return [...byUid.values()].map((ofUid) => {
    const seen = new Map<string, CalendarEvent>();
    for (const event of ofUid) {
      const which = event.replaces === null ? 'all' : `${event.replaces.zone} ${event.replaces.wall}`;
      const other = seen.get(which);
      if (other !== undefined) report('duplicate-uid', event.line, `The event of line ${other.line} has the UID ${quote(event.uid)} too, so which one holds is unknown. Delete one, or export the calendar again.`);
      seen.set(which, event);
    }
    const main = seen.get('all');
    const strange = ofUid.find(({ replaces }) => main !== undefined && replaces !== null && replaces.kind !== main.start.kind);
    if (strange !== undefined) report('mixed-types', strange.line, 'The RECURRENCE-ID of this event is a date where the others have hours, or the other way round. Export the calendar again.');
    return { events: ofUid, replaced: ofUid.flatMap(({ replaces }) => replaces ?? []) };
  });
}
