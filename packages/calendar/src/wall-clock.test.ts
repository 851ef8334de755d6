import { describe, expect, it } from 'vitest';
import { UnknownZoneError } from './unknown-zone-error.ts';
import { resolveWallTime } from './wall-clock.ts';

const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

describe('resolveWallTime', () => {
  it.each([
    ['an ordinary winter morning', 'America/Los_Angeles', '2026-12-05', '06:00', '2026-12-05T14:00:00Z'],
    ['an ordinary summer morning', 'America/Los_Angeles', '2026-07-04', '06:00', '2026-07-04T13:00:00Z'],
    ['the last minute before a gap', 'America/Los_Angeles', '2026-03-08', '01:59', '2026-03-08T09:59:00Z'],
    ['the first minute of a gap, an hour later', 'America/Los_Angeles', '2026-03-08', '02:00', '2026-03-08T10:00:00Z'],
    ['the last minute of a gap, an hour later', 'America/Los_Angeles', '2026-03-08', '02:59', '2026-03-08T10:59:00Z'],
    ['the first minute after a gap', 'America/Los_Angeles', '2026-03-08', '03:00', '2026-03-08T10:00:00Z'],
    ['a repeated minute, the first time', 'America/Los_Angeles', '2026-11-01', '01:30', '2026-11-01T08:30:00Z'],
    ['the minute after the repeated hour', 'America/Los_Angeles', '2026-11-01', '02:00', '2026-11-01T10:00:00Z'],
    ['a gap of half an hour', 'Australia/Lord_Howe', '2026-10-04', '02:15', '2026-10-03T15:45:00Z'],
    ['a repeated half hour', 'Australia/Lord_Howe', '2026-04-05', '01:45', '2026-04-04T14:45:00Z'],
    ['a midnight that does not exist', 'America/Santiago', '2026-09-06', '00:00', '2026-09-06T04:00:00Z'],
    ['a repeated hour before midnight', 'America/Santiago', '2026-04-04', '23:30', '2026-04-05T02:30:00Z'],
    ['the last minute before a skipped date', 'Pacific/Apia', '2011-12-29', '23:59', '2011-12-30T09:59:00Z'],
    ['the first minute after a skipped date', 'Pacific/Apia', '2011-12-31', '00:00', '2011-12-30T10:00:00Z'],
    ['quarter hours from UTC', 'Asia/Kathmandu', '2026-12-05', '06:00', '2026-12-05T00:15:00Z'],
  ])('takes %s', (_name, zone, date, time, expected) => {
    expect(resolveWallTime(zone, date, minutes(time))).toBe(Date.parse(expected));
  });

  it.each([
    ['Pacific/Apia', '2011-12-30'],
    ['Pacific/Kwajalein', '1993-08-21'],
  ])('says that %s skipped %s, at any time of the day', (zone, date) => {
    expect(['00:00', '12:00', '23:59'].map((time) => resolveWallTime(zone, date, minutes(time)))).toEqual([null, null, null]);
  });

  it('says which zone it does not know, and that asking again is of no use', () => {
    expect(new UnknownZoneError('Nowhere/Land')).toMatchObject({ name: 'UnknownZoneError', code: 'unknown-zone', retryable: false, zone: 'Nowhere/Land', message: expect.stringContaining('Nowhere/Land') as string });
  });

  it.each(['Nowhere/Land', 'UTC-8', ''])('refuses the zone %j instead of answering in UTC', (zone) => {
    expect(() => resolveWallTime(zone, '2026-12-05', 0)).toThrow(UnknownZoneError);
  });
});
