import type { Instant } from '../calendar.ts';
import type { WallTime } from '../zone-clock.ts';

/** `20261205T060000` (RFC 5545 §3.3.5, form 1). Throws `RangeError` outside the years 1 to 9999, which the format cannot write. */
export function formatWallTime(wall: WallTime): string {
  const text = new Date(wall).toISOString();
  if (!/^\d{4}-/.test(text) || text.startsWith('0000')) throw new RangeError(`iCalendar cannot write the time ${text}: its years have four digits.`);
  return text.slice(0, 19).replace(/[-:]/g, '');
}

/** `20261205T140000Z` (RFC 5545 §3.3.5, form 2). */
export const formatUtc = (at: Instant): string => `${formatWallTime(at)}Z`;

/** `-0800`, with seconds where there are any (RFC 5545 §3.3.14). Milliseconds ahead of UTC. */
export function formatOffset(offset: number): string {
  const seconds = Math.abs(offset) / 1000;
  const parts = [seconds / 3600, (seconds / 60) % 60, seconds % 60].map((part) => String(Math.floor(part)).padStart(2, '0'));
  return `${offset < 0 ? '-' : '+'}${parts.join('').replace(/00$/, '')}`;
}
