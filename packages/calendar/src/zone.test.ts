import { describe, expect, it } from 'vitest';
import { checkZone } from './zone.ts';

describe('checkZone', () => {
  it.each(['America/Los_Angeles', 'Europe/Berlin', 'America/Argentina/Buenos_Aires', 'America/Port-au-Prince', 'UTC'])('takes %s', (zone) => {
    expect(checkZone(zone)).toEqual({ ok: true });
  });

  it.each(['PST', 'EST5EDT', 'PST8PDT', 'UTC-8', 'GMT+2', 'Etc/GMT+8', '+01:00', '', 'local', 'America/Los_Angles', 'america/los_angeles', ' UTC'])('refuses %j and says what to write', (zone) => {
    expect(checkZone(zone)).toMatchObject({ ok: false, message: expect.stringContaining('America/Los_Angeles') as string });
  });

  it.each([
    ['Etc/UTC', 'is a fixed offset'],
    ['Etc/GMT+8', 'is a fixed offset'],
    ['GMT', 'is a fixed offset'],
    ['MST-7', 'is a fixed offset'],
    ['+01:00', 'is a fixed offset'],
    ['America/Los_Angeles2', 'is not an IANA name of the form Area/Place'],
    ['2America/Los_Angeles', 'is not an IANA name of the form Area/Place'],
    ['America/los_angeles', 'is not an IANA name of the form Area/Place'],
    ['america/Los_Angeles', 'is not an IANA name of the form Area/Place'],
    ['America', 'is not an IANA name of the form Area/Place'],
    ['America/Argentina/Buenos_Aires/Palermo', 'is not an IANA name of the form Area/Place'],
    ['America/UTC', "is not in this machine's time zone database"],
  ])('says of %j that it %s', (zone, why) => {
    expect(checkZone(zone)).toMatchObject({ ok: false, message: expect.stringContaining(why) as string });
  });
});
