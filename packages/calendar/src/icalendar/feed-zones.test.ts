import { describe, expect, it } from 'vitest';
import { checkZone } from '../zone.ts';
import { zoneClock } from '../zone-clock.ts';
import { zoneOfTzid } from './feed-zones.ts';
import { windowsZones } from './windows-zones.ts';

describe('zoneOfTzid', () => {
  it.each([
    ['America/Los_Angeles', 'America/Los_Angeles'],
    ['Eastern Standard Time', 'America/New_York'],
    ['/citadel.org/20211207_1/Europe/Berlin', 'Europe/Berlin'],
    ['/example.org/calendars/2026/Europe/Berlin', 'Europe/Berlin'],
    ['/freeassociation.sourceforge.net/America/Argentina/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
    ['GMT', 'UTC'],
    ['Etc/UTC', 'UTC'],
  ])('takes %s for %s', (tzid, zone) => {
    expect(zoneOfTzid(tzid)).toBe(zone);
  });

  it.each(['', 'EST', 'Eastern Time', 'eastern standard time', 'citadel.org/Europe/Berlin', '/Europe/Berlin/', 'constructor', '(UTC+01:00) Amsterdam, Berlin'])('does not know %j', (tzid) => {
    expect(zoneOfTzid(tzid)).toBeNull();
  });

  it('has only zones that the database has', () => {
    expect([...windowsZones].filter(([, zone]) => !checkZone(zone).ok)).toEqual([]);
  });

  it.each([
    ['Pacific Standard Time', -8],
    ['W. Europe Standard Time', 1],
    ['India Standard Time', 5.5],
    ['Nepal Standard Time', 5.75],
    ['Tokyo Standard Time', 9],
    ['New Zealand Standard Time', 13],
  ])('%s is %d hours ahead of UTC in January', (name, hours) => {
    expect(zoneClock(zoneOfTzid(name) ?? '').offsetAt(Date.parse('2026-01-15T00:00Z'))).toBe(hours * 3_600_000);
  });
});
