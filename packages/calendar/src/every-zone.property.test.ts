import { IANAZone } from 'luxon';
import { describe, expect, it } from 'vitest';
import { prepareCalendar } from './prepare-calendar.ts';
import { findZoneChanges } from './zone-changes.ts';
import { zoneClock } from './zone-clock.ts';

const minute = 60_000;
const day = 1440 * minute;
const [from, to] = [Date.UTC(1970, 0, 1), Date.UTC(2100, 0, 1)];
const zones = Intl.supportedValuesOf('timeZone');

type Change = { readonly at: number; readonly before: number; readonly after: number };

/** Every change of a zone, as its clock has it; whether it is one, and whether there are others, is luxon's to say. */
function changesOf(zone: string): readonly Change[] {
  const { starts, offsets } = findZoneChanges(zoneClock(zone).offsetAt, from, to);
  return starts.slice(1).map((at, index) => ({ at, before: offsets[index] ?? 0, after: offsets[index + 1] ?? 0 }));
}

const changes = new Map(zones.map((zone) => [zone, changesOf(zone)]));
/** Around a date that was left out there are other rules. */
const changesOfClock = (zone: string): readonly Change[] => (changes.get(zone) ?? []).filter(({ before, after }) => Math.abs(after - before) < 0.9 * day);

/** A different sequence for every seed, and the same at every run: so that all zones together look at many instants. */
function* numbers(seed: number): Generator<number, never> {
  for (let state = seed * 2_654_435_761 + 1; ; state = (state * 1_103_515_245 + 12_345) % 2 ** 31) yield (Math.abs(state) % 2 ** 31) / 2 ** 31;
}

/** Wall times before, in and after what a change leaves out or repeats, written as if they were UTC. */
const wallsAround = ({ at, before, after }: Change): readonly number[] => {
  const [low, high] = [at + Math.min(before, after), at + Math.max(before, after)];
  return [low - 1, low, (low + high) / 2, high - 1, high];
};

/** What RFC 5545 says where there is only one change nearby. */
function obviouslyResolved({ at, before, after }: Change, wall: number): number {
  if (wall - before < at) return wall - before;
  return wall - after >= at ? wall - after : wall - before;
}

const isoDate = (wall: number): string => new Date(wall).toISOString().slice(0, 10);
const clockTime = (wall: number): string => new Date(wall).toISOString().slice(11, 16);

describe('every zone of the time zone database, from 1970 to 2100', () => {
  it('has all of them', () => expect(zones.length).toBeGreaterThan(400));

  it('every change is one, to the second, and between any two the offset is the same', () => {
    const wrong: unknown[] = [];
    for (const [index, zone] of zones.entries()) {
      const luxon = IANAZone.create(zone);
      const clock = zoneClock(zone);
      const expectOffset = (at: number, offset: number): void => {
        if (luxon.offset(at) * minute !== offset || clock.offsetAt(at) !== offset) wrong.push({ zone, at: new Date(at).toISOString(), offset, luxon: luxon.offset(at), clock: clock.offsetAt(at) / minute });
      };
      const found = changes.get(zone) ?? [];
      const random = numbers(index + 1);
      for (const [number, { at, before, after }] of found.entries()) {
        expectOffset(at - 1, before);
        expectOffset(at, after);
        const next = found[number + 1]?.at ?? to;
        expectOffset(Math.floor(at + random.next().value * (next - at)), after);
      }
      for (let count = 0; count < 20; count += 1) {
        const at = Math.floor(from + random.next().value * (to - from));
        expectOffset(at, found.findLast((change) => change.at <= at)?.after ?? luxon.offset(from) * minute);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('a wall time around a change is the earlier instant, or moves on by the gap', () => {
    const wrong: unknown[] = [];
    for (const zone of zones) {
      const clock = zoneClock(zone);
      for (const change of changesOfClock(zone)) {
        for (const wall of wallsAround(change)) if (clock.resolve(wall) !== obviouslyResolved(change, wall)) wrong.push({ zone, wall: new Date(wall).toISOString() });
      }
    }
    expect(wrong).toEqual([]);
  });

  it('a window that crosses a change opens and closes to the millisecond', () => {
    const wrong: unknown[] = [];
    for (const [index, zone] of zones.entries()) {
      const random = numbers(index + 1);
      const inMinutes = changesOfClock(zone).filter(({ before, after }) => after % minute === 0 && before % minute === 0);
      for (let count = 0; count < Math.min(3, inMinutes.length); count += 1) {
        const change = inMinutes[Math.floor(random.next().value * inMinutes.length)];
        if (change === undefined) continue;
        const wall = change.at + change.before;
        const [start, end] = [wall - 90 * minute, wall + 150 * minute];
        const window = { name: 'around', zone, days: ['monday' as const], from: '00:00', to: '01:00', until: '1000-01-01', except: [], extra: [{ from: `${isoDate(start)}T${clockTime(start)}`, to: `${isoDate(end)}T${clockTime(end)}`, owner: '@ana', reason: 'launch' }] };
        const calendar = prepareCalendar({ window, freezes: [] });
        const [opens, closes] = [obviouslyResolved(change, start), obviouslyResolved(change, end)];
        const said = [opens - 1, opens, closes - 1, closes].map((at) => calendar.ask(at).state);
        if (said.join() !== 'closed,open,open,closed') wrong.push({ zone, change: new Date(change.at).toISOString(), said });
      }
    }
    expect(wrong).toEqual([]);
  });
});
