import type { Weekday, WindowPolicy } from '@sallyport/policy';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Interval } from './calendar.ts';
import { openIntervals, windowState } from './window-state.ts';

const minute = 60_000;
const day = 1440 * minute;
const weekdays: readonly Weekday[] = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** Zones with the dates on which their clocks changed, among them gaps and repetitions across midnight and of half an hour. */
const changes: readonly (readonly [zone: string, date: string])[] = [
  ['America/Los_Angeles', '2026-03-08'],
  ['America/Los_Angeles', '2026-11-01'],
  ['Europe/Berlin', '2026-03-29'],
  ['Europe/Berlin', '2026-10-25'],
  ['Australia/Lord_Howe', '2026-04-05'],
  ['Australia/Lord_Howe', '2026-10-04'],
  ['America/Santiago', '2026-04-05'],
  ['America/Santiago', '2026-09-06'],
  ['Antarctica/Troll', '2026-03-29'],
  ['Antarctica/Troll', '2026-10-25'],
  ['Asia/Kathmandu', '2026-03-08'],
];

type Minute = { readonly at: number; readonly wall: number };

/** Every minute of eleven days with what the wall clock shows, written as if it were UTC. Read from Intl, not from the code under test. */
function walk(zone: string, date: string): readonly Minute[] {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' });
  return Array.from({ length: 11 * 1440 }, (_, index) => {
    const at = Date.parse(`${date}T00:00Z`) - 4 * day + index * minute;
    const [, dayOf = '', month = '', year = '', time = ''] = /^(\d+)\/(\d+)\/(\d+), (.*)$/.exec(format.format(at)) ?? [];
    return { at, wall: Date.parse(`${year}-${month}-${dayOf}T${time}Z`) };
  });
}

const walks = new Map(changes.map(([zone, date]) => [`${zone} ${date}`, walk(zone, date)]));

/** The first minute that shows the time; in a gap, the time counted on by the clock as it went before. */
function slowResolve(minutes: readonly Minute[], wall: number): number {
  const shown = minutes.find((one) => one.wall === wall);
  if (shown !== undefined) return shown.at;
  const after = minutes.findIndex((one) => one.wall > wall);
  const before = minutes[after - 1];
  if (before === undefined) throw new RangeError('the walk does not reach that far');
  return before.at + (wall - before.wall);
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** One occurrence per date, on the date of the change and three to either side; an instant is open when any holds it. */
function slowOccurrences(window: WindowPolicy, date: string): readonly Interval[] {
  const minutes = walks.get(`${window.zone} ${date}`) ?? [];
  const [start, end] = [minutesOf(window.from), minutesOf(window.to)];
  return [-3, -2, -1, 0, 1, 2, 3]
    .map((days) => Date.parse(`${date}T00:00Z`) + days * day)
    .filter((midnight) => window.days.includes(weekdays[new Date(midnight).getUTCDay()] ?? 'sunday') && !window.except.includes(new Date(midnight).toISOString().slice(0, 10)))
    .map((midnight) => ({ from: slowResolve(minutes, midnight + start * minute), to: slowResolve(minutes, midnight + (end > start ? 0 : day) + end * minute) }));
}

const twoDigits = (value: number): string => String(value).padStart(2, '0');
/** Mostly where clocks change, on the quarter hour. */
const anyTime = fc.tuple(fc.oneof(fc.constantFrom(0, 1, 2, 3, 23), fc.integer({ min: 0, max: 23 })), fc.constantFrom(0, 15, 30, 45)).map(([hour, quarter]) => `${twoDigits(hour)}:${twoDigits(quarter)}`);
const anyCase = fc
  .record({ change: fc.constantFrom(...changes), days: fc.uniqueArray(fc.constantFrom(...weekdays), { minLength: 1 }), from: anyTime, to: anyTime, isExcepted: fc.boolean() })
  .map(({ change: [zone, date], days, from, to, isExcepted }) => ({ date, window: { name: 'any', zone, days, from, to, except: isExcepted ? [date] : [], extra: [] } satisfies WindowPolicy }));

describe('against a walk through every minute', () => {
  it('the same minutes are open on the days around a change of the clock', () => {
    fc.assert(
      fc.property(anyCase, ({ date, window }) => {
        const [first, last] = [Date.parse(`${date}T00:00Z`) - 1.5 * day, Date.parse(`${date}T00:00Z`) + 2 * day];
        const slow = slowOccurrences(window, date);
        const fast = openIntervals(window, [], first, last);
        const isOpen = (intervals: readonly Interval[], at: number): boolean => intervals.some(({ from, to }) => from <= at && at < to);
        const differing = Array.from({ length: (last - first) / minute }, (_, index) => first + index * minute).filter((at) => isOpen(slow, at) !== isOpen(fast, at));
        expect(differing.map((at) => new Date(at).toISOString())).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it('each opening and closing is exact to the millisecond', () => {
    fc.assert(
      fc.property(anyCase, ({ date, window }) => {
        const noon = Date.parse(`${date}T12:00Z`);
        const [first, last] = [noon - 2 * day, noon + 2 * day];
        const isWithin = (at: number): boolean => first < at && at < last;
        const stateAt = (at: number): string => windowState(window, [], at).state;
        const intervals = openIntervals(window, [], first, last);
        const openings = intervals.map(({ from }) => from).filter(isWithin);
        const closings = intervals.map(({ to }) => to).filter(isWithin);
        expect(openings.filter((at) => stateAt(at - 1) !== 'closed' || stateAt(at) !== 'open')).toEqual([]);
        expect(closings.filter((at) => stateAt(at - 1) !== 'open' || stateAt(at) !== 'closed')).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});
