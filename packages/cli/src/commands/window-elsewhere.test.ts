import { execFileSync } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { policyText } from '../testing/example-documents.ts';
import { runCommand } from '../testing/run-command.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import type { TemporaryFolder } from '../testing/temporary-folder.ts';

const calendars = `repository: acme/shop
calendars:
  - { name: public holidays, holidays: US-CA, owner: "@rita", reason: nobody is there }
  - { name: company, file: ops/freezes.ics, owner: "@rita", reason: the company says so }
`;
const file = (stamp = '20261128T000000Z'): string =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:x', 'BEGIN:VEVENT', 'UID:1', `DTSTAMP:${stamp}`, 'DTSTART;TZID=America/Los_Angeles:20261212T000000', 'DTEND;TZID=America/Los_Angeles:20261213T000000', 'SUMMARY:Inventory', 'END:VEVENT', 'END:VCALENDAR', ''].join('\r\n');
const text = policyText.replace(/^repository:.*\n/m, '');

let folder: TemporaryFolder;
beforeAll(async () => {
  folder = await temporaryFolder({ '.github/sallyport.yml': text + calendars, '.github/plain.yml': text, 'ops/freezes.ics': file() });
});
afterAll(() => folder.remove());

const run = (...argv: readonly string[]) => runCommand(argv, { cwd: folder.path });
const put = (content: string) => writeFile(join(folder.path, 'ops/freezes.ics'), content);

describe('freezes that are kept elsewhere', () => {
  it('close the window, by their names', async () => {
    const { exitCode, out } = await run('window', 'check', '--at', '2026-12-12T07:00:00-08:00');
    expect([exitCode, out]).toEqual([4, expect.stringContaining('because: freeze Inventory by @rita: the company says so')]);
    const { openings } = JSON.parse((await run('window', 'next', '-n', '5', '--json')).out) as { readonly openings: readonly { readonly from: string }[] };
    // Christmas of 2026 is a Friday, the day after it no holiday; the new year begins on a Friday.
    expect(openings.map(({ from }) => from.slice(0, 10))).toEqual(['2026-12-05', '2026-12-19', '2026-12-26', '2027-01-02', '2027-01-09']);
  });

  it('are shown in the view of the weeks, found by lint, exported, and compared', async () => {
    const { out } = await run('window', 'calendar', '--weeks', '6');
    expect(out).toMatchSnapshot();
    expect((await run('window', 'ics', '--weeks', '8')).out).toContain('DTSTART;TZID=America/Los_Angeles:20261225T000000');
    expect((await run('window', 'diff', '.github/plain.yml', '.github/sallyport.yml', '-n', '3')).out).toContain('12 Dec');
    expect((await run('window', 'lint', '--max-gap', '10')).out).toContain('long-gap');
  });

  it('are exported each for itself, also two of one name that begin at once', async () => {
    const [head = '', event = ''] = file().replace('END:VCALENDAR\r\n', '').split('BEGIN:VEVENT');
    await put(`${head}BEGIN:VEVENT${event}BEGIN:VEVENT${event.replace('UID:1', 'UID:2').replace('20261213T', '20261214T')}END:VCALENDAR\r\n`);
    try {
      const { exitCode, out } = await run('window', 'ics', '--weeks', '8');
      const freezes = out.split('BEGIN:VEVENT').filter((one) => one.includes('DTSTART;TZID=America/Los_Angeles:20261212T000000'));
      expect([exitCode, new Set(freezes.map((one) => /UID:.*/.exec(one)?.[0])).size]).toEqual([0, 2]);
    } finally {
      await put(file());
    }
  });

  it.each([
    ['is cut off', file().slice(0, 120), 'cannot be read, so nothing is open: line'],
    ['is a year old', file('20251101T000000Z'), 'is not believed, so nothing is open: The calendar is 3'],
    ['is a page to sign in', '<html>', 'cannot be read, so nothing is open'],
  ])('close everything, with the reason, when the file %s (W09)', async (_name, content, message) => {
    await put(content);
    try {
      const { exitCode, out } = await run('window', 'check', '--at', '2026-12-05T07:00:00-08:00');
      expect([exitCode, out]).toEqual([4, expect.stringContaining(message)]);
      expect((await run('window', 'next')).out).toContain('No opening within 400 days');
    } finally {
      await put(file());
    }
  });

  it('close where a pipe or a folder is in the place of a file, which may never end', async () => {
    await rm(join(folder.path, 'ops/freezes.ics'));
    execFileSync('mkfifo', [join(folder.path, 'ops/freezes.ics')]);
    try {
      expect(await run('window', 'check', '--at', '2026-12-05T07:00:00-08:00')).toMatchObject({ exitCode: 4, out: expect.stringContaining('is not a plain file') as string });
    } finally {
      await rm(join(folder.path, 'ops/freezes.ics'));
      await put(file());
    }
  });

  it('close an environment that has no window, as the stage gate does', async () => {
    const during = ['--environment', 'staging', '--at', '2026-12-12T07:00:00-08:00'];
    expect(await run('window', 'check', ...during)).toMatchObject({ exitCode: 4, out: expect.stringMatching(/^CLOSED {2}staging, which has no window, at Sat 12 Dec 2026 07:00 PST.*\n +because: freeze Inventory by @rita/) as string });
    expect((await run('window', 'explain', ...during)).exitCode).toBe(4);
    expect(JSON.parse((await run('window', 'check', ...during, '--json')).out)).toMatchObject({ state: 'closed', because: 'freeze', freeze: { name: 'Inventory' } });
    expect(JSON.parse((await run('window', 'explain', ...during, '--json')).out)).toMatchObject({ state: 'closed', freeze: { name: 'Inventory' } });
    expect((await run('window', 'check', '--environment', 'staging', '--at', '2026-12-13T07:00:00-08:00')).exitCode).toBe(0);
  });

  it('are looked for beside the policy, not where one stands', async () => {
    const { exitCode } = await runCommand(['window', 'check', '--policy', join(folder.path, '.github/sallyport.yml'), '--at', '2026-12-05T07:00:00-08:00'], { cwd: '/' });
    expect(exitCode).toBe(0);
  });

  it('of a place that nobody knows are an error with its line', async () => {
    await writeFile(join(folder.path, '.github/bad.yml'), `${text}calendars:\n  - { name: c, holidays: US-ZZ, owner: o, reason: r }\n`);
    const { exitCode, out } = await run('policy', 'check', '.github/bad.yml');
    expect([exitCode, out]).toEqual([2, expect.stringMatching(/bad\.yml:\d+:26: error: calendars\[0\]\.holidays: US has no part ZZ/)]);
    expect((await run('window', 'check', '--policy', '.github/bad.yml')).exitCode).toBe(2);
  });

  it('in a zone that nobody knows are an error too (W02)', async () => {
    await writeFile(join(folder.path, '.github/bad.yml'), `${text}calendars:\n  - { name: c, holidays: US, zone: America/Los_Angelos, owner: o, reason: r }\n`);
    expect((await run('policy', 'check', '.github/bad.yml')).out).toContain('America/Los_Angelos');
  });
});
