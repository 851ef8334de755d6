import { describe, expect, it } from 'vitest';
import { zoneComplaint } from './zone-name.ts';

describe('zoneComplaint', () => {
  it.each(['UTC', 'America/Los_Angeles', 'America/Argentina/Buenos_Aires', 'America/Port-au-Prince', 'Asia/Ust-Nera', 'US/Pacific'])(
    'has nothing against %s',
    (zone) => {
      expect(zoneComplaint(zone)).toBeNull();
    },
  );

  it.each(['+08:00', '-8', 'UTC+8', 'GMT-08:00', 'Z', 'Etc/GMT+8', 'Etc/UTC'])('calls %s a fixed offset', (zone) => {
    expect(zoneComplaint(zone)?.message).toContain('fixed offset');
  });

  it.each([
    ['PST', 'America/Los_Angeles'],
    ['pdt', 'America/Los_Angeles'],
    ['EST5EDT', 'America/New_York'],
    ['CET', 'Europe/Berlin'],
  ])('calls %s an abbreviation and offers %s', (zone, nearest) => {
    expect(zoneComplaint(zone)).toMatchObject({ nearest });
    expect(zoneComplaint(zone)?.message).toContain('abbreviation');
  });

  it.each([
    ['America/Los Angeles', 'America/Los_Angeles'],
    ['', undefined],
    ['Pacific', undefined],
    ['america/los_angeles', undefined],
    ['America//Los_Angeles', undefined],
    ['America/', undefined],
    ['../Etc/passwd', undefined],
  ])('does not take %j for a name', (zone, nearest) => {
    expect(zoneComplaint(zone)?.code).toBe('bad-zone');
    expect(zoneComplaint(zone)?.nearest).toBe(nearest);
  });
});
