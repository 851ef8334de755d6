import { DateTime } from 'luxon';
import type { Instant } from '../calendar.ts';
import type { WallTime } from '../zone-clock.ts';

const most = 3;

export const firstOf = (instants: readonly Instant[]): readonly Instant[] => instants.slice(0, most);

/** `Sun 14 Mar 2027 and 1 more time until Sun 12 Mar 2028`, as dates of the zone. `instants` is not empty. */
export function datesText(instants: readonly Instant[], zone: string): string {
  const [first = NaN, ...more] = instants;
  const last = more.at(-1);
  return last === undefined ? dateText(first, zone) : `${dateText(first, zone)} and ${more.length} more ${more.length === 1 ? 'time' : 'times'} until ${dateText(last, zone)}`;
}

export const dateText = (at: Instant, zone: string): string => DateTime.fromMillis(at, { zone, locale: 'en-US' }).toFormat('ccc d LLL yyyy');

/** `02:30`, as the wall clock shows it. */
export const timeText = (wall: WallTime): string => new Date(wall).toISOString().slice(11, 16);

/** `1 hour`, `90 minutes`, `36 days`: the largest unit that comes out even, days rounded down from ten on. */
export function lengthText(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 60_000);
  if (minutes >= 10 * 1440) return counted(Math.floor(minutes / 1440), 'day');
  if (minutes % 1440 === 0) return counted(minutes / 1440, 'day');
  return minutes % 60 === 0 ? counted(minutes / 60, 'hour') : counted(minutes, 'minute');
}

const counted = (count: number, unit: string): string => `${count} ${unit}${count === 1 ? '' : 's'}`;

