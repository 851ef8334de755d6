import { describe, expect, it } from 'vitest';
import { dayNumber } from './day-number.ts';
import { zoneClock } from './zone-clock.ts';

const at = (text: string): number => Date.parse(text);
const hour = 3_600_000;

describe('the offset of a zone', () => {
  it.each([
    ['a millisecond before the clock goes forward', 'America/Los_Angeles', at('2026-03-08T10:00Z') - 1, -8],
    ['as the clock goes forward', 'America/Los_Angeles', at('2026-03-08T10:00Z'), -7],
    ['a millisecond before the clock goes back', 'America/Los_Angeles', at('2026-11-01T09:00Z') - 1, -7],
    ['as the clock goes back', 'America/Los_Angeles', at('2026-11-01T09:00Z'), -8],
    ['before a skipped date', 'Pacific/Apia', at('2011-12-30T10:00Z') - 1, -10],
    ['after a skipped date', 'Pacific/Apia', at('2011-12-30T10:00Z'), 14],
    // The clock is kept in tables of some two years: these are the last days before one begins (28 October 1967, 15:15 UTC; 3 November 2004, 19:53 UTC), and the first after.
    ['a millisecond before a change within the first day of a table', 'America/Los_Angeles', at('1967-10-29T09:00Z') - 1, -7],
    ['at a change within the first day of a table', 'America/Los_Angeles', at('1967-10-29T09:00Z'), -8],
    ['at a change within the last days of a table', 'America/Cuiaba', at('2004-11-02T04:00Z'), -3],
    ['a millisecond before a change within the last days of a table', 'America/Cuiaba', at('2004-11-02T04:00Z') - 1, -4],
    ['in a zone that never changes', 'Asia/Kathmandu', at('2026-03-08T10:00Z'), 5.75],
    ['in UTC', 'UTC', at('2026-03-08T10:00Z'), 0],
  ])('is that %s', (_name, zone, instant, hours) => {
    expect(zoneClock(zone).offsetAt(instant)).toBe(hours * hour);
  });
});

describe('a wall time', () => {
  it.each([
    ['a millisecond before a gap is taken as it is', 'America/Los_Angeles', at('2026-03-08T02:00Z') - 1, at('2026-03-08T10:00Z') - 1],
    ['that begins a gap moves forward by it', 'America/Los_Angeles', at('2026-03-08T02:00Z'), at('2026-03-08T10:00Z')],
    ['that ends a gap moves forward by it', 'America/Los_Angeles', at('2026-03-08T03:00Z') - 1, at('2026-03-08T11:00Z') - 1],
    ['after a gap is taken as it is', 'America/Los_Angeles', at('2026-03-08T03:00Z'), at('2026-03-08T10:00Z')],
    ['before the repeated hour is taken as it is', 'America/Los_Angeles', at('2026-11-01T01:00Z') - 1, at('2026-11-01T08:00Z') - 1],
    ['that begins the repeated hour is the earlier', 'America/Los_Angeles', at('2026-11-01T01:00Z'), at('2026-11-01T08:00Z')],
    ['that ends the repeated hour is the earlier', 'America/Los_Angeles', at('2026-11-01T02:00Z') - 1, at('2026-11-01T09:00Z') - 1],
    ['after the repeated hour is taken as it is', 'America/Los_Angeles', at('2026-11-01T02:00Z'), at('2026-11-01T10:00Z')],
  ])('%s', (_name, zone, wall, expected) => {
    expect(zoneClock(zone).resolve(wall)).toBe(expected);
  });
});

describe('a date', () => {
  it.each([
    ['the day before the date line moved', 'Pacific/Apia', '2011-12-29', true],
    ['the day that was left out', 'Pacific/Apia', '2011-12-30', false],
    ['the day after', 'Pacific/Apia', '2011-12-31', true],
    ['a day whose midnight was left out', 'America/Santiago', '2026-09-06', true],
    ['the day before it', 'America/Santiago', '2026-09-05', true],
    ['a day whose last hour came twice', 'America/Santiago', '2026-04-04', true],
  ])('of a zone or not: %s', (_name, zone, date, expected) => {
    expect(zoneClock(zone).hasDate(dayNumber(date))).toBe(expected);
  });
});
