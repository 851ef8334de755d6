import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Io } from '../io.ts';
import { policyText } from '../testing/example-documents.ts';
import { runCommand } from '../testing/run-command.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import type { TemporaryFolder } from '../testing/temporary-folder.ts';

const policy = policyText.replace('    from: "06:00"', '    extra: [{ from: 2027-03-14T02:00, to: 2027-03-14T05:00, owner: "@rita", reason: night }]\n    from: "06:00"');
const calendarFile = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//x//y//EN', 'BEGIN:VEVENT', 'UID:1@x', 'DTSTAMP:20261101T000000Z', 'DTSTART;VALUE=DATE:20261225', 'DTEND;VALUE=DATE:20261226', 'SUMMARY:Christmas', 'END:VEVENT', 'END:VCALENDAR', ''].join('\r\n');

let folder: TemporaryFolder;
beforeAll(async () => {
  folder = await temporaryFolder({ '.github/sallyport.yml': policy, 'new.yml': policy, 'holidays.ics': calendarFile });
});
afterAll(() => folder.remove());

const run = (argv: readonly string[], changes: Partial<Io> = {}) => runCommand(['window', ...argv], { cwd: folder.path, ...changes });
const words = ['--at', 'next saturday 06:30'];
const echo = 'at Sat 5 Dec 2026 06:30 PST (14:30 UTC), from "next saturday 06:30"\n';

describe('--at in words', () => {
  it.each([
    ['check', ['check'], 0],
    ['next', ['next'], 0],
    ['explain', ['explain'], 0],
    ['calendar', ['calendar'], 0],
    ['diff', ['diff', '.github/sallyport.yml', 'new.yml'], 0],
    ['lint', ['lint'], 0],
  ])('is repeated by %s as it was understood, and JSON has only the instant', async (_name, argv, exitCode) => {
    const said = await run([...argv, ...words]);
    expect([said.exitCode, said.out.startsWith(echo), said.err]).toEqual([exitCode, true, '']);
    const json = await run([...argv, ...words, '--json']);
    expect([json.exitCode, JSON.parse(json.out), json.err]).toEqual([exitCode, expect.objectContaining({ at: '2026-12-05T14:30:00.000Z' }), '']);
  });

  it.each([
    ['ics', ['ics'], 'BEGIN:VCALENDAR'],
    ['import', ['import', 'holidays.ics', '--zone', 'America/Los_Angeles', '--owner', '@rita'], 'freezes:'],
  ])('is repeated by %s beside its document', async (_name, argv, first) => {
    const { exitCode, out, err } = await run([...argv, ...words]);
    expect([exitCode, out.startsWith(first), err]).toEqual([0, true, echo]);
  });

  it('counts in UTC where the environment has no window', async () => {
    expect((await run(['check', '--environment', 'staging', '--at', 'tomorrow 9am'])).out).toContain('at Thu 3 Dec 2026 09:00 UTC, from "tomorrow 9am"');
  });

  it('goes on from a time that the clock leaves out', async () => {
    const { exitCode, out } = await run(['check', '--at', 'mar 14 2027 02:30']);
    expect([exitCode, out.split('\n')[0]]).toEqual([0, 'at Sun 14 Mar 2027 03:30 PDT (10:30 UTC), because the clock leaves out the time that was asked for, from "mar 14 2027 02:30"']);
  });

  it('says nothing more where it is an instant already', async () => {
    expect((await run(['check', '--at', '2026-12-05T06:30:00-08:00'])).out).toMatch(/^OPEN /);
  });

  it.each([
    ['words without a time', 'saturday', 'which has no time of day'],
    ['an abbreviation of a zone', 'saturday 06:30 PST', 'a zone of its own'],
    ['a word left over', 'saturday 06:30 or so', 'only "saturday 06:30" was understood'],
    ['nothing', '', 'it is empty'],
    ['an instant without its offset', '2026-12-05T06:30', 'is not an instant'],
    ['ten kilobytes', 'x'.repeat(10_000), 'longer than 100 characters'],
  ])('%s is refused with an example', async (_name, at, why) => {
    const { exitCode, out, err } = await run(['check', `--at=${at}`]);
    expect([exitCode, out, err]).toEqual([2, '', expect.stringContaining(why)]);
    expect(err).toContain('2026-12-05T06:00:00-08:00');
    expect(err.length).toBeLessThan(500);
  });
});

describe('the version of the tz database', () => {
  it.each(['check', 'next', 'explain', 'calendar', 'lint'])('is named by %s, with a warning when it is old', async (name) => {
    expect((await run([name, ...words])).out).toMatch(/zone data:? +2026b\n/);
    expect((await run([name, ...words], { tzdata: '2024a' })).out.replace(/\s+/g, ' ')).toMatch(/zone data:? 2024a, which is more than a year old/);
    expect(JSON.parse((await run([name, ...words, '--json'], { tzdata: '2024a' })).out)).toMatchObject({ tzdata: { version: '2024a', age: 'older-than-a-year' } });
  });

  it.each(['check', 'next', 'explain', 'calendar'])('is in the JSON of %s also where there is no window', async (name) => {
    expect(JSON.parse((await run([name, '--environment', 'staging', '--json'])).out)).toMatchObject({ tzdata: { version: '2026b', age: 'within-a-year' } });
  });
});
