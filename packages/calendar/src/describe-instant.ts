import { DateTime } from 'luxon';
import type { Instant } from './calendar.ts';

/** `Sat 5 Dec 2026 06:00 PST (14:00 UTC)`: the same on every machine. The UTC date is added when it is another day. */
export function describeInstant(at: Instant, zone: string): string {
  const local = DateTime.fromMillis(at, { zone, locale: 'en-US' });
  const utc = local.setZone('UTC');
  const text = local.toFormat('ccc d LLL yyyy HH:mm ZZZZ');
  if (zone === 'UTC') return text;
  return `${text} (${utc.toFormat(utc.toISODate() === local.toISODate() ? 'HH:mm' : 'ccc d LLL HH:mm')} UTC)`;
}
