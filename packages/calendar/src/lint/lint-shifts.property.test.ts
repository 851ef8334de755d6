import type { Weekday, WindowPolicy } from '@sallyport/policy';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markMinutes, walkMinutes } from '../minute-walk.fixture.ts';
import type { MinuteWalk } from '../minute-walk.fixture.ts';
import { lintWindows } from './lint-windows.ts';

const minute = 60_000;
const day = 1440 * minute;

/** Spans in which a clock goes forward and back, by an hour and by half of one, at two and at midnight. */
const walks: readonly MinuteWalk[] = [walkMinutes('America/Los_Angeles', '2026-02-28', 18), walkMinutes('America/Los_Angeles', '2026-10-22', 18), walkMinutes('Australia/Lord_Howe', '2026-03-26', 18), walkMinutes('Australia/Lord_Howe', '2026-09-24', 18), walkMinutes('America/Santiago', '2026-08-28', 18), walkMinutes('Asia/Kathmandu', '2026-03-01', 18)];
const everyDay: readonly Weekday[] = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

const anyTime = fc.tuple(fc.oneof(fc.constantFrom(0, 1, 2, 3), fc.integer({ min: 0, max: 23 })), fc.constantFrom(0, 15, 30, 59)).map(([hour, past]) => `${String(hour).padStart(2, '0')}:${String(past).padStart(2, '0')}`);
const timeOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

const windowOf = (walk: MinuteWalk, from: string, to: string, changes: Partial<WindowPolicy> = {}): WindowPolicy => ({ name: 'w', zone: walk.zone, days: everyDay, from, to, except: [], extra: [], ...changes });

/** What each date of the walk opens, counted minute by minute, beside what its wall clock says. */
function countedShifts(walk: MinuteWalk, from: string, to: string): Readonly<Record<string, readonly number[]>> {
  const wanted = timeOf(to) > timeOf(from) ? timeOf(to) - timeOf(from) : timeOf(to) + 1440 - timeOf(from);
  const found: Record<string, number[]> = { moved: [], shortened: [], lengthened: [], emptied: [] };
  for (let midnight = walk.first + 4 * day; midnight < walk.first + 14 * day; midnight += day) {
    const date = new Date(midnight).toISOString().slice(0, 10);
    const marks = markMinutes(walk, windowOf(walk, from, to, { since: date, until: date }), []);
    const real = marks.filter(({ isOpen }) => isOpen).length;
    const start = marks.findIndex(({ isOpen }) => isOpen);
    if (real === 0) found['emptied']?.push(midnight);
    else if (real !== wanted) found[real < wanted ? 'shortened' : 'lengthened']?.push(walk.first + start * minute);
    if (real > 0 && walk.walls[start] !== midnight + timeOf(from) * minute) found['moved']?.push(walk.first + start * minute);
  }
  return found;
}

describe('occurrences that the clock changes', () => {
  it('are those of which the minutes, counted one by one, are not those of the wall clock', () => {
    fc.assert(
      fc.property(fc.constantFrom(...walks), anyTime, anyTime, (walk, from, to) => {
        const first = new Date(walk.first + 4 * day).toISOString().slice(0, 10);
        const last = new Date(walk.first + 13 * day).toISOString().slice(0, 10);
        const window = windowOf(walk, from, to, { since: first, until: last });
        const findings = lintWindows({ windows: [window], freezes: [], elsewhere: [], unusedWindows: [], openAnytime: [], from: walk.first, to: walk.first + 18 * day, maxGapMilliseconds: 35 * day, tzdata: '2026f' });
        const counted = countedShifts(walk, from, to);
        for (const code of ['moved', 'shortened', 'lengthened']) expect(findings.find((one) => one.code === code)?.instants ?? []).toEqual(counted[code]);
        expect(findings.filter((one) => one.code === 'emptied')).toHaveLength(counted['emptied']?.length ?? NaN);
      }),
      { numRuns: 60 },
    );
  });

  it('are none in UTC, whatever the hours', () => {
    fc.assert(
      fc.property(anyTime, anyTime, fc.integer({ min: 0, max: 4e12 }), (from, to, at) => {
        const window: WindowPolicy = { name: 'w', zone: 'UTC', days: ['saturday'], from, to, except: [], extra: [] };
        expect(lintWindows({ windows: [window], freezes: [], elsewhere: [], unusedWindows: [], openAnytime: [], from: at, to: at + 728 * day, maxGapMilliseconds: 35 * day, tzdata: '2020a' })).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });
});
