import { afterEach, describe, expect, it } from 'vitest';
import { createGitHubClient } from './client.ts';
import { createClock, parseDateHeader } from './clock.ts';
import { json, startRudeServer } from './rude-server.fixture.ts';
import type { RudeServer } from './rude-server.fixture.ts';

describe('a Date header', () => {
  it.each([
    ['as servers send it', 'Sat, 21 Nov 2026 14:00:00 GMT', Date.UTC(2026, 10, 21, 14)],
    ['missing', null, null],
    ['empty', '', null],
    ['in another zone', 'Sat, 21 Nov 2026 14:00:00 PST', null],
    ['in ISO 8601', '2026-11-21T14:00:00Z', null],
    ['with the wrong weekday', 'Fri, 21 Nov 2026 14:00:00 GMT', null],
    ['of a day that does not exist', 'Tue, 31 Feb 2026 14:00:00 GMT', null],
    ['with something after it', 'Sat, 21 Nov 2026 14:00:00 GMT, Sat, 21 Nov 2026 15:00:00 GMT', null],
  ])('%s', (_name, header, at) => {
    expect(parseDateHeader(header)).toBe(at);
  });
});

describe('the clock', () => {
  let server: RudeServer | null = null;
  afterEach(async () => server?.stop());
  const repository = { id: 1, name: 'shop', owner: { login: 'acme' }, default_branch: 'main' };
  const read = async (date: string | null) => {
    server = await startRudeServer([
      (request, response) => {
        if (date === null) response.sendDate = false;
        json(200, repository, date === null ? {} : { date })(request, response);
      },
    ]);
    const client = createGitHubClient({ baseUrl: server.url, auth: { kind: 'none' }, userAgent: 'test' });
    return createClock({ client, owner: 'acme', repo: 'shop' }, { localNow: () => 42, tzdata: '2026d' }).read();
  };

  it('gives the server’s time with the machine’s beside it', async () => {
    expect(await read('Sat, 21 Nov 2026 14:00:00 GMT')).toEqual({ serverAt: Date.UTC(2026, 10, 21, 14), localAt: 42, tzdata: '2026d' });
  });
  it('does not make up a time that the server did not tell', async () => {
    expect(await read(null)).toEqual({ serverAt: null, localAt: 42, tzdata: '2026d' });
  });
});
