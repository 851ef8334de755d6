import { afterEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
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
  const at = Date.UTC(2026, 10, 21, 14);
  const earlier = new Date(at).toUTCString();
  const later = new Date(at + 5000).toUTCString();

  /** The server tells these times, one after the other; the machine's clocks stand still until they are moved. */
  const start = async (...dates: readonly (string | null)[]) => {
    const answers = dates.map((date): Parameters<typeof startRudeServer>[0][number] => (request, response) => {
      if (date === null) response.sendDate = false;
      json(request.url === '/broken' ? 502 : 200, repository, date === null ? {} : { date })(request, response);
    });
    server = await startRudeServer(answers);
    const client = createGitHubClient({ baseUrl: server.url, auth: { kind: 'none' }, userAgent: 'test', retries: 0 });
    const machine = { local: 42, monotonic: 0 };
    const clock = createClock({ client, owner: 'acme', repo: 'shop' }, { localNow: () => machine.local, monotonicNow: () => machine.monotonic, tzdata: '2026d' });
    const ask = (path = '/anything') => client.ask({ route: `GET ${path}`, shape: z.unknown(), why: 'to hear the time' }).catch(() => undefined);
    return { clock, machine, ask, requests: server.requests };
  };

  it('gives the server’s time with the machine’s beside it', async () => {
    expect(await (await start(earlier)).clock.read()).toEqual({ serverAt: at, localAt: 42, tzdata: '2026d' });
  });

  it('does not make up a time that the server did not tell', async () => {
    expect(await (await start(null)).clock.read()).toEqual({ serverAt: null, localAt: 42, tzdata: '2026d' });
  });

  it('takes the time of the newest answer instead of asking', async () => {
    const { clock, ask, requests } = await start(earlier, later);
    await ask();
    await ask();
    expect(await clock.read()).toEqual({ serverAt: at + 5000, localAt: 42, tzdata: '2026d' });
    expect(requests).toHaveLength(2);
  });

  it.each([
    ['is a second old', (machine: { local: number; monotonic: number }) => (machine.monotonic = 1000)],
    ['came before the machine slept', (machine: { local: number; monotonic: number }) => (machine.local += 1000)],
    ['came before the machine’s clock was put back', (machine: { local: number; monotonic: number }) => (machine.local -= 1)],
  ])('asks when the newest answer %s', async (_name, pass) => {
    const { clock, machine, ask } = await start(earlier, later);
    await ask();
    pass(machine);
    expect((await clock.read()).serverAt).toBe(at + 5000);
  });

  it('does not believe a time that stands still while time passes, nor a kept answer', async () => {
    const { clock, machine, ask } = await start(later, earlier);
    await ask();
    machine.monotonic = 56_000;
    expect((await clock.read()).serverAt).toBeNull();
  });

  it.each([
    ['tells no time', null, '/anything'],
    ['tells a time that cannot be read', 'now', '/anything'],
    ['comes from something that is broken', earlier, '/broken'],
  ])('asks when the newest answer %s', async (_name, date, path) => {
    const { clock, ask } = await start(earlier, date, later);
    await ask();
    await ask(path);
    expect((await clock.read()).serverAt).toBe(at + 5000);
  });
});
