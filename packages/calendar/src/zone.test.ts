import { describe, expect, it } from 'vitest';
import { checkZone } from './zone.ts';

describe('checkZone', () => {
  it.each(['America/Los_Angeles', 'Europe/Berlin', 'America/Argentina/Buenos_Aires', 'America/Port-au-Prince', 'UTC'])('takes %s', (zone) => {
    expect(checkZone(zone)).toEqual({ ok: true });
  });

  it.each(['PST', 'EST5EDT', 'PST8PDT', 'UTC-8', 'GMT+2', 'Etc/GMT+8', '+01:00', '', 'local', 'America/Los_Angles', 'america/los_angeles', ' UTC'])('refuses %j and says what to write', (zone) => {
    expect(checkZone(zone)).toMatchObject({ ok: false, message: expect.stringContaining('America/Los_Angeles') as string });
  });
});
