import ICAL from 'ical.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runProgram } from '../run-program.ts';
import { policyText } from '../testing/example-documents.ts';
import { runCommand } from '../testing/run-command.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import type { TemporaryFolder } from '../testing/temporary-folder.ts';
import { testIo } from '../testing/test-io.ts';

const freezes = (to: string): string => `freezes:
  - { name: holidays, zone: America/Los_Angeles, from: 2026-12-19T00:00, to: ${to}, owner: "@rita", reason: "peak; season" }
`;

let folder: TemporaryFolder;
beforeAll(async () => {
  folder = await temporaryFolder({
    '.github/sallyport.yml': policyText + freezes('2027-01-04T00:00'),
    'longer.yml': policyText + freezes('2027-01-11T00:00'),
    'nameless.yml': policyText.replace(/^repository: .*\n/m, ''),
    'torn.ics': 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\n',
  });
});
afterAll(() => folder.remove());

const run = (argv: readonly string[], stdin = '') => runCommand(['window', ...argv], { cwd: folder.path, stdin });

/** By a parser that is not ours. */
const eventsOf = (text: string) =>
  new ICAL.Component(ICAL.parse(text) as ConstructorParameters<typeof ICAL.Component>[0]).getAllSubcomponents('vevent').map((component) => {
    const event = new ICAL.Event(component);
    return { uid: event.uid, summary: event.summary, from: event.startDate.toJSDate().toISOString() };
  });

describe('window ics', () => {
  it('prints windows and freezes that another parser reads', async () => {
    const { exitCode, out } = await run(['ics', '--weeks', '6']);
    expect(exitCode).toBe(0);
    expect(eventsOf(out).map(({ summary, from }) => [summary, from])).toEqual([
      ['production can be released', '2026-12-05T14:00:00.000Z'],
      ['production can be released', '2026-12-12T14:00:00.000Z'],
      ['Freeze: peak; season', '2026-12-19T08:00:00.000Z'],
      ['production can be released', '2027-01-09T14:00:00.000Z'],
    ]);
  });

  it('prints the same bytes again, and keeps the UIDs of what stays when the policy changes', async () => {
    const first = await run(['ics', '--weeks', '8']);
    expect((await run(['ics', '--weeks', '8'])).out).toBe(first.out);
    const [before, after] = [first, await run(['ics', '--weeks', '8', '--policy', 'longer.yml'])].map(({ out }) => new Map(eventsOf(out).map(({ uid, from }) => [from, uid])));
    expect(after?.has('2027-01-09T14:00:00.000Z')).toBe(false);
    for (const [from, uid] of after ?? []) expect([from, before?.get(from)]).toEqual([from, uid]);
  });

  it('shows a freeze that is in force already from its beginning', async () => {
    const { out } = await run(['ics', '--weeks', '1', '--at', '2026-12-25T00:00:00Z']);
    expect(eventsOf(out)).toMatchObject([{ summary: 'Freeze: peak; season', from: '2026-12-19T08:00:00.000Z' }]);
  });

  it.each([
    [['ics', '--weeks', '0'], 'from 1 to 530'],
    [['ics', '--environment', 'staging'], 'has no window'],
    [['ics', '--policy', 'nameless.yml'], 'names no repository'],
  ])('refuses %j', async (argv, text) => {
    expect(await run(argv)).toMatchObject({ exitCode: 2, out: '', err: expect.stringContaining(text) as string });
  });
});

describe('window import', () => {
  const terms = ['--zone', 'America/Los_Angeles', '--owner', '@rita'];
  const holiday = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//x//y//EN', 'BEGIN:VEVENT', 'UID:1@x', 'DTSTAMP:20261101T000000Z', 'DTSTART;VALUE=DATE:20261225', 'DTEND;VALUE=DATE:20261226', 'SUMMARY:Christmas "Day"', 'END:VEVENT', 'END:VCALENDAR', ''].join('\r\n');

  it('prints events as freezes, which the policy takes', async () => {
    const { exitCode, out } = await run(['import', '-', ...terms], holiday);
    expect([exitCode, out]).toEqual([0, 'freezes:\n  - { name: imported-1-2026-12-25, zone: America/Los_Angeles, from: 2026-12-25T00:00, to: 2026-12-26T00:00, owner: "@rita", reason: "Christmas \\"Day\\"" }\n']);
    const check = testIo({ cwd: folder.path, stdin: `${policyText}${out}` });
    expect([await runProgram(['policy', 'check', '-'], check), check.err()]).toEqual([0, '']);
  });

  it('takes back what was exported', async () => {
    const exported = await run(['ics', '--weeks', '3']);
    const { out } = await run(['import', '-', ...terms, '--json'], exported.out);
    expect((JSON.parse(out) as { freezes: readonly { from: string; to: string }[] }).freezes.map(({ from, to }) => [from, to])).toEqual([
      ['2026-12-05T14:00:00.000Z', '2026-12-05T20:00:00.000Z'],
      ['2026-12-12T14:00:00.000Z', '2026-12-12T20:00:00.000Z'],
      ['2026-12-19T08:00:00.000Z', '2027-01-04T08:00:00.000Z'],
    ]);
  });

  it.each([
    ['a file that is cut off', ['import', 'torn.ics', ...terms], 'torn.ics:'],
    ['a zone that is none', ['import', '-', '--zone', 'PST', '--owner', '@rita'], 'PST'],
    ['nobody who owns it', ['import', '-', '--zone', 'UTC'], '--owner'],
    ['a file that is not there', ['import', 'nowhere.ics', ...terms], 'no such file'],
  ])('refuses %s, and prints no freeze', async (_name, argv, text) => {
    expect(await run(argv, holiday)).toMatchObject({ exitCode: 2, out: '', err: expect.stringContaining(text) as string });
  });
});
