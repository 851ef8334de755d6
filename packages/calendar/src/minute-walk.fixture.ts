import type { FreezePolicy, OpeningHours, WindowPolicy } from '@sallyport/policy';
import { namesDate } from './counted-days.fixture.ts';

const minute = 60_000;
const day = 1440 * minute;

/** Every minute of a span with what a zone's wall clock shows, written as if it were UTC. Read from Intl, not from the code under test. */
export type MinuteWalk = { readonly zone: string; readonly first: number; readonly walls: readonly number[]; readonly firstShown: ReadonlyMap<number, number>; readonly dates: ReadonlySet<number> };

export function walkMinutes(zone: string, from: string, days: number): MinuteWalk {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' });
  const first = Date.parse(`${from}T00:00Z`);
  const walls = Array.from({ length: days * 1440 }, (_, index) => {
    const text = format.format(first + index * minute);
    return Date.UTC(Number(text.slice(6, 10)), Number(text.slice(3, 5)) - 1, Number(text.slice(0, 2)), Number(text.slice(12, 14)), Number(text.slice(15, 17)));
  });
  const firstShown = new Map<number, number>();
  for (const [index, wall] of walls.entries()) if (!firstShown.has(wall)) firstShown.set(wall, index);
  return { zone, first, walls, firstShown, dates: new Set(walls.map((wall) => Math.floor(wall / day))) };
}

/** For every minute of the walk, whether it is open and which freeze is in force: dates are gone through one by one, and every minute of an occurrence is marked. */
export function markMinutes(walk: MinuteWalk, window: WindowPolicy, freezes: readonly FreezePolicy[]): readonly { readonly isOpen: boolean; readonly freeze: string | null }[] {
  const marks = walk.walls.map(() => ({ isOpen: false, freeze: null as string | null }));
  const mark = (from: number | null, to: number | null, what: (mark: { isOpen: boolean; freeze: string | null }) => void): void => {
    if (from === null || to === null) return;
    for (let index = Math.max(0, (from - walk.first) / minute); index < Math.min(marks.length, (to - walk.first) / minute); index += 1) what(marks[index] ?? { isOpen: false, freeze: null });
  };
  for (const hours of [window, ...(window.also ?? [])]) {
    for (let midnight = walk.first + 2 * day; midnight < walk.first + walk.walls.length * minute - 3 * day; midnight += day) {
      const date = new Date(midnight).toISOString().slice(0, 10);
      if (!startsOn(hours, date) || !isWithin(window, date) || !hasDate(walk, midnight)) continue;
      const [start, end] = [timeOf(hours.from), timeOf(hours.to)];
      mark(showing(walk, midnight + start), orSkip(walk, midnight + (end > start ? 0 : day), end), (one) => (one.isOpen = true));
    }
  }
  for (const { from, to } of window.extra) {
    const [start, end] = [Date.parse(`${from}Z`), Date.parse(`${to}Z`)];
    if (hasDate(walk, start) && hasDate(walk, end)) mark(showing(walk, start), showing(walk, end), (one) => (one.isOpen = true));
  }
  for (const freeze of freezes) {
    for (const [from, to] of timesOf(freeze)) mark(at(walk, from), to === null ? Infinity : at(walk, to), (one) => (one.freeze ??= freeze.name));
  }
  return marks;
}

/** Wall times of a freeze; of a yearly one, those of three years around the walks. */
function timesOf(freeze: FreezePolicy): readonly (readonly [string, string | null])[] {
  if (freeze.every !== 'year') return [[freeze.from, freeze.to]];
  return [2009, 2010, 2011, 2012, 2013, 2025, 2026, 2027].map((year) => [`${year}-${freeze.from}`, `${freeze.to < freeze.from ? year + 1 : year}-${freeze.to}`] as const);
}

const timeOf = (time: string): number => (Number(time.slice(0, 2)) * 60 + Number(time.slice(3))) * minute;
const isWithin = ({ since = '0000-01-01', until = '9999-12-31', except }: OpeningHours, date: string): boolean => since <= date && date <= until && !except.includes(date);
const startsOn = (hours: OpeningHours, date: string): boolean => isWithin(hours, date) && hours.days.some((rule) => namesDate(rule, date));
const hasDate = ({ dates }: MinuteWalk, wall: number): boolean => dates.has(Math.floor(wall / day));

/** The first minute that shows the time; in a gap, the time counted on by the clock as it went before. Outside the walk it does not matter which. */
function showing({ first, walls, firstShown }: MinuteWalk, wall: number): number {
  const shown = firstShown.get(wall);
  if (shown !== undefined) return first + shown * minute;
  const after = walls.findIndex((one) => one > wall);
  if (after <= 0) return after === 0 ? -Infinity : Infinity;
  return first + (after - 1) * minute + (wall - (walls[after - 1] ?? 0));
}

function orSkip(walk: MinuteWalk, midnight: number, time: number): number {
  return hasDate(walk, midnight) ? showing(walk, midnight + time) : showing(walk, midnight + day);
}

function at(walk: MinuteWalk, text: string): number {
  const wall = Date.parse(`${text}Z`);
  const midnight = Math.floor(wall / day) * day;
  const [firstWall = 0, lastWall = 0] = [walk.walls[0], walk.walls.at(-1)];
  return wall > firstWall && wall < lastWall ? orSkip(walk, midnight, wall - midnight) : showing(walk, wall);
}
