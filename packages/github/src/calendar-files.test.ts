import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CalendarFact } from '@sallyport/gates';
import { policyOf } from '@sallyport/gates/testing';
import { calendarRange, gatherCalendars } from '@sallyport/pipeline';
import type { CalendarFiles } from '@sallyport/pipeline';
import type { CalendarSourcePolicy } from '@sallyport/policy';
import { createSettableClock, startSimulator } from '@sallyport/simulator';
import type { Simulator } from '@sallyport/simulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCalendarFiles } from './calendar-files.ts';
import { createGitHubClient } from './client.ts';

const at = Date.parse('2026-12-05T15:00:00Z');
const event = (uid: string, lines: readonly string[]): readonly string[] => ['BEGIN:VEVENT', `UID:${uid}`, 'DTSTAMP:20261201T000000Z', ...lines, 'END:VEVENT'];
const file = (...events: readonly (readonly string[])[]): string => [...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:test'], ...events.flat(), 'END:VCALENDAR', ''].join('\r\n');
const inventory = event('1', ['DTSTART:20261219T060000Z', 'DTEND:20261219T180000Z', 'SUMMARY:Inventory\\n  of the year']);
const everyDay = event('2', ['DTSTART:20261201T060000Z', 'DTEND:20261201T070000Z', 'RRULE:FREQ=DAILY', `SUMMARY:${'long '.repeat(40)}`]);
const files = {
  '.github/freezes.ics': file(inventory),
  'empty.ics': file(),
  'cut.ics': file(inventory).slice(0, 120),
  'daily.ics': file(everyDay),
  'three.ics': file(everyDay, event('3', ['DTSTART:20261201T080000Z', 'DTEND:20261201T090000Z', 'RRULE:FREQ=DAILY', 'SUMMARY:b']), event('4', ['DTSTART:20261201T100000Z', 'DTEND:20261201T110000Z', 'RRULE:FREQ=DAILY', 'SUMMARY:c'])),
  'folder.ics/a': '',
};

let dataDir: string;
let simulator: Simulator;
let server: Server;
let filesOf: (repository: string) => CalendarFiles;
let address: string;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'sallyport-calendars-'));
  simulator = await startSimulator({ clock: createSettableClock({ at: Date.now() }), dataDir, actions: new Map(), workflows: 'ignore' });
  const { admin } = simulator;
  admin.createOrganization('acme');
  const ada = admin.createUser('ada');
  const client = createGitHubClient({ baseUrl: simulator.url, auth: { kind: 'token', token: admin.createToken(ada) }, userAgent: 'test', retries: 0 });
  admin.setRole(await admin.createRepository({ owner: 'acme', name: 'shop', author: ada, files }), ada, 'admin');
  filesOf = (repo) => createCalendarFiles({ client, owner: 'acme', repo });
  server = createServer((question, answer) => void (question.url === '/freezes.ics' ? answer.end(file(inventory)) : answer.writeHead(500).end()));
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.close();
  await simulator.stop();
  await rm(dataDir, { recursive: true, force: true });
});

const feed = { kind: 'feed', longestAgeSeconds: 86_400, withoutEvents: 'closed' } as const;
const inRepository = (path: string): CalendarSourcePolicy => ({ ...feed, at: { in: 'repository', path } });
const holidays = { kind: 'holidays', place: 'US-CA', types: ['public'], except: [] } as const;

async function reading(source: CalendarSourcePolicy, zone = 'America/Los_Angeles'): Promise<CalendarFact['reading'] | undefined> {
  const calendar = { name: 'c', zone, owner: '@o', reason: 'r', source };
  return (await gatherCalendars(filesOf('shop'), policyOf({ calendars: [calendar] }), calendarRange(at)))?.items[0]?.reading;
}
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('the calendars of a policy', () => {
  it('are files of the default branch, each event a freeze with a name on one line', async () => {
    expect(await reading(inRepository('.github/freezes.ics'))).toEqual({
      state: 'read',
      data: `sha256:${sha256(files['.github/freezes.ics'])}`,
      writtenAt: Date.parse('2026-12-01T00:00:00Z'),
      from: at - 86_400_000,
      to: at + 401 * 86_400_000,
      freezes: [{ name: 'Inventory of the year', from: Date.parse('2026-12-19T06:00:00Z'), to: Date.parse('2026-12-19T18:00:00Z') }],
    });
  });

  it('are files at an address, told by their digest', async () => {
    expect(await reading({ ...feed, at: { in: 'web', url: `${address}/freezes.ics`, sha256: sha256('x') } })).toMatchObject({ state: 'read', data: `sha256:${sha256(file(inventory))}`, freezes: [{ name: 'Inventory of the year' }] });
  });

  it('are holidays, but for the days that are excepted', async () => {
    const datesOf = async (except: readonly string[]) => {
      const found = await reading({ ...holidays, except });
      return found?.state === 'read' ? found.freezes.map(({ from }) => new Date(from).toISOString()) : [];
    };
    expect(await datesOf([])).toContain('2026-12-25T08:00:00.000Z');
    expect(await datesOf(['2026-12-25'])).not.toContain('2026-12-25T08:00:00.000Z');
    expect(await reading(holidays)).toMatchObject({ data: expect.stringMatching(/^date-holidays \d/) as string, writtenAt: null });
  });

  it('cut long names short', async () => {
    const found = await reading(inRepository('daily.ics'));
    expect(found).toMatchObject({ state: 'read', freezes: expect.arrayContaining([expect.objectContaining({ name: `${'long '.repeat(24).slice(0, 119)}…` })]) as unknown });
  });

  it.each<[string, () => CalendarSourcePolicy, string]>([
    ['a file that is not there', () => inRepository('missing.ics'), 'The default branch has no such file.'],
    ['a folder', () => inRepository('folder.ics'), 'folder.ics is a dir, not a file.'],
    ['a file without an event', () => inRepository('empty.ics'), 'line 1: The calendar has no event at all'],
    ['a file that was cut off', () => inRepository('cut.ics'), '(and'],
    ['more freezes than anybody means', () => inRepository('three.ics'), 'more than 1000 are taken for a mistake'],
    ['a server that fails', () => ({ ...feed, at: { in: 'web', url: `${address}/broken`, sha256: sha256('x') } }), 'answers with status 500'],
    ['a country that is none', () => ({ ...holidays, place: 'ZZ' }), 'No country ZZ is known'],
  ])('are unreadable, never open, for %s (W09)', async (_name, source, problem) => {
    expect(await reading(source())).toEqual({ state: 'unreadable', problem: expect.stringContaining(problem) as string });
  });

  it('may be empty where the policy says so', async () => {
    expect(await reading({ ...feed, withoutEvents: 'open', at: { in: 'repository', path: 'empty.ics' } })).toMatchObject({ state: 'read', freezes: [], writtenAt: null });
  });

  it('are not looked for where the policy names none', async () => {
    expect(await gatherCalendars(filesOf('nowhere'), policyOf(), calendarRange(at))).toBeUndefined();
  });

  it('of a repository that cannot be seen are unreadable', async () => {
    const calendars = [{ name: 'c', zone: 'UTC', owner: '@o', reason: 'r', source: inRepository('a.ics') }];
    expect((await gatherCalendars(filesOf('nowhere'), policyOf({ calendars }), calendarRange(at)))?.items[0]?.reading).toMatchObject({ state: 'unreadable' });
  });
});
