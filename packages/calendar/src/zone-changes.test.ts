import { describe, expect, it } from 'vitest';
import { UnknownZoneError } from './unknown-zone-error.ts';
import { findZoneChanges } from './zone-changes.ts';
import { offsetReader } from './zone-offset.ts';

const at = (text: string): number => Date.parse(text);
const hour = 3_600_000;
const changesIn = (zone: string, from: string, to: string): readonly string[] => findZoneChanges(offsetReader(zone), at(from), at(to)).starts.slice(1).map((start) => new Date(start).toISOString());

describe('findZoneChanges', () => {
  it.each([
    ['a summer', 'America/Los_Angeles', '2026-01-01T00:00Z', '2027-01-01T00:00Z', ['2026-03-08T10:00:00.000Z', '2026-11-01T09:00:00.000Z']],
    ['a summer of one week', 'America/Recife', '2000-10-01T00:00Z', '2000-11-01T00:00Z', ['2000-10-08T03:00:00.000Z', '2000-10-15T02:00:00.000Z']],
    ['a date line', 'Pacific/Apia', '2011-12-01T00:00Z', '2012-01-15T00:00Z', ['2011-12-30T10:00:00.000Z']],
    ['seconds', 'Africa/Monrovia', '1972-01-01T00:00Z', '1972-02-01T00:00Z', ['1972-01-07T00:44:30.000Z']],
    ['a change at the very end of the span', 'America/Los_Angeles', '2026-03-01T00:00Z', '2026-03-08T10:00Z', ['2026-03-08T10:00:00.000Z']],
    ['no change a second before', 'America/Los_Angeles', '2026-03-01T00:00Z', '2026-03-08T09:59:59Z', []],
    ['no change in a zone without any', 'Asia/Kathmandu', '2026-01-01T00:00Z', '2027-01-01T00:00Z', []],
  ])('finds %s', (_name, zone, from, to, expected) => {
    expect(changesIn(zone, from, to)).toEqual(expected);
  });

  it('finds both of two changes between two looks', () => {
    const offsetAt = (time: number): number => (time < 10 * hour ? 0 : time < 20 * hour ? hour : 2 * hour);
    expect(findZoneChanges(offsetAt, 0, 100 * hour)).toEqual({ starts: [-Infinity, 10 * hour, 20 * hour], offsets: [0, hour, 2 * hour] });
  });
});

describe('offsetReader', () => {
  it.each([
    ['behind UTC', 'America/Los_Angeles', '2026-12-05T00:00Z', -8 * 60],
    ['ahead of UTC by quarters', 'Asia/Kathmandu', '2026-12-05T00:00Z', 5 * 60 + 45],
    ['at UTC', 'UTC', '2026-12-05T00:00Z', 0],
    ['at UTC in winter', 'Europe/London', '2026-12-05T00:00Z', 0],
    ['with seconds', 'Africa/Monrovia', '1971-01-01T00:00Z', -44.5],
  ])('reads a zone %s', (_name, zone, instant, minutes) => {
    expect(offsetReader(zone)(at(instant))).toBe(minutes * 60_000);
  });

  it.each(['Nowhere/Land', '', 'UTC-8'])('does not know %j', (zone) => {
    expect(() => offsetReader(zone)).toThrow(UnknownZoneError);
  });
});
