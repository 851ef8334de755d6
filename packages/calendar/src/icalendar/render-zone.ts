import type { Instant } from '../calendar.ts';
import { findZoneChanges } from '../zone-changes.ts';
import { offsetReader } from '../zone-offset.ts';
import { formatOffset, formatUtc, formatWallTime } from './format-time.ts';
import { weekdayNames } from './weekday-names.ts';
import { zoneObservances } from './zone-observances.ts';
import type { Observance, Yearly } from './zone-observances.ts';

/**
 * The VTIMEZONE of a zone as unfolded lines (RFC 5545 §3.6.5): every change of its clock from the year before `from` to
 * the year after `to`, as this machine's time zone database has them. No TZNAME, because names differ between
 * machines. Throws `UnknownZoneError` on a zone that the database does not know.
 */
export function renderZone(zone: string, from: Instant, to: Instant): readonly string[] {
  const firstYear = new Date(from).getUTCFullYear() - 1;
  const lastYear = new Date(to).getUTCFullYear() + 1;
  const changes = findZoneChanges(offsetReader(zone), Date.UTC(firstYear, 0, 1), Date.UTC(lastYear + 1, 0, 1));
  const observances = zoneObservances(changes, lastYear);
  const [offset = 0] = changes.offsets;
  const startsBefore = (changes.starts[1] ?? Infinity) <= from;
  const always: Observance = { onset: 0, before: offset, after: offset, yearly: null };
  return ['BEGIN:VTIMEZONE', `TZID:${zone}`, ...[...(startsBefore ? [] : [always]), ...observances].flatMap(renderObservance), 'END:VTIMEZONE'];
}

/** Whichever moves the clock forward is called DAYLIGHT; calendar programs only use the offsets. */
function renderObservance({ onset, before, after, yearly }: Observance): readonly string[] {
  const kind = after > before ? 'DAYLIGHT' : 'STANDARD';
  return [
    `BEGIN:${kind}`,
    `DTSTART:${formatWallTime(onset)}`,
    `TZOFFSETFROM:${formatOffset(before)}`,
    `TZOFFSETTO:${formatOffset(after)}`,
    ...(yearly === null ? [] : [`RRULE:${renderYearly(yearly)}`]),
    `END:${kind}`,
  ];
}

function renderYearly({ month, weekday, nth, until }: Yearly): string {
  return `FREQ=YEARLY;BYMONTH=${month};BYDAY=${nth}${weekdayNames[weekday] ?? ''}${until === null ? '' : `;UNTIL=${formatUtc(until)}`}`;
}
