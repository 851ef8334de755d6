import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { parseNaturalInstant } from './natural-instant.ts';

const zone = 'America/Los_Angeles';
/** 10:00 in Los Angeles. */
const wednesday = '2026-12-02T18:00:00Z';
const read = (text: string, now = wednesday, where = zone): string => {
  const result = parseNaturalInstant(text, where, Date.parse(now));
  return result.ok ? `${new Date(result.at).toISOString().slice(0, 19)}Z${result.shifted ? ' shifted' : ''}` : result.why;
};

/** Words, what they mean on that Wednesday, and what they mean on a Saturday at seven. */
const understood: readonly (readonly [string, string])[] = [
  ['next saturday 06:30', '2026-12-05T14:30:00Z'],
  ['Next Saturday at 6:30am', '2026-12-05T14:30:00Z'],
  ['saturday 06:30', '2026-12-05T14:30:00Z'],
  ['this saturday 18:30', '2026-12-06T02:30:00Z'],
  ['wednesday 09:00', '2026-12-02T17:00:00Z'],
  ['next wednesday 09:00', '2026-12-09T17:00:00Z'],
  ['last wednesday 09:00', '2026-11-25T17:00:00Z'],
  ['last saturday 7:00', '2026-11-28T15:00:00Z'],
  ['06:30 on saturday', '2026-12-05T14:30:00Z'],
  ['on saturday, at 06:30', '2026-12-05T14:30:00Z'],
  ['saturday at noon', '2026-12-05T20:00:00Z'],
  ['saturday evening 7:00', '2026-12-06T03:00:00Z'],
  ['tomorrow 9am', '2026-12-03T17:00:00Z'],
  ['tomorrow at 17', '2026-12-04T01:00:00Z'],
  ['yesterday 23:00', '2026-12-02T07:00:00Z'],
  ['tonight 8pm', '2026-12-03T04:00:00Z'],
  ['in 3 days at 7:00', '2026-12-05T15:00:00Z'],
  ['dec 5 06:00', '2026-12-05T14:00:00Z'],
  ['sat 5 dec 2026 06:30', '2026-12-05T14:30:00Z'],
  ['july 4 06:00', '2026-07-04T13:00:00Z'],
  ['may 20 06:00', '2027-05-20T13:00:00Z'],
  ['jan 4 06:00', '2027-01-04T14:00:00Z'],
  ['2026-12-05 06:00', '2026-12-05T14:00:00Z'],
  ['2026-5-6 06:30', '2026-05-06T13:30:00Z'],
  ['tonight 5:00', '2026-12-03T01:00:00Z'],
  ['tomorrow afternoon 5:30', '2026-12-04T01:30:00Z'],
  ['feb 29 2028 06:00', '2028-02-29T14:00:00Z'],
  ['saturday 06:30:15', '2026-12-05T14:30:15Z'],
  ['mar 14 2027 02:30', '2027-03-14T10:30:00Z shifted'],
  ['nov 7 2027 01:30', '2027-11-07T08:30:00Z'],
];

describe('words that name an instant', () => {
  it.each(understood)('%j', (text, expected) => expect(read(text)).toBe(expected));

  it.each([
    ['next saturday 06:30', 'is the one in a week', '2026-12-12T14:30:00Z'],
    ['saturday 06:30', 'is today, also when it is past', '2026-12-05T14:30:00Z'],
    ['this saturday 12:00', 'is today', '2026-12-05T20:00:00Z'],
    ['last saturday 06:30', 'is the one a week ago', '2026-11-28T14:30:00Z'],
    ['next sunday 06:30', 'is tomorrow', '2026-12-06T14:30:00Z'],
  ])('on a Saturday %j %s', (text, _meaning, expected) => expect(read(text, '2026-12-05T15:00:00Z')).toBe(expected));

  it.each([
    ['in Los Angeles it is still Friday', 'America/Los_Angeles', '2026-12-05T17:00:00Z'],
    ['in Kiritimati it is Saturday already', 'Pacific/Kiritimati', '2026-12-05T19:00:00Z'],
    ['in UTC', 'UTC', '2026-12-06T09:00:00Z'],
  ])('"tomorrow 9am" counts from the date of the zone: %s', (_name, where, expected) => expect(read('tomorrow 9am', '2026-12-05T01:00:00Z', where)).toBe(expected));
});

describe('words that leave a doubt', () => {
  it.each([
    ['', 'it is empty'],
    ['   ', 'it is empty'],
    ['nonsense', 'no date and time'],
    ['saturday', 'which has no time of day'],
    ['saturday morning', 'which has no time of day'],
    ['tomorrow', 'which has no time of day'],
    ['06:30', 'which does not say which day'],
    ['next month 7:00', 'which does not say which day'],
    ['saturday at 6', 'before or after noon'],
    ['saturday morning 18:00', 'does not fit the part of the day'],
    ['saturday 06:30 please', 'only "saturday 06:30" was understood'],
    ['not saturday 06:30', 'only "saturday 06:30" was understood'],
    ['day after tomorrow 9am', 'only "tomorrow 9am" was understood'],
    ['next saturday 06:30 America/Los_Angeles', 'only "next saturday 06:30" was understood'],
    ['sat 06:30 and sun 07:00', 'only "sat 06:30" was understood'],
    ['saturday 06:30Z', 'only'],
    ['saturday 06:30 PST', 'with a zone of its own'],
    ['saturday 06:30 UTC', 'with a zone of its own'],
    ['saturday 06:30 +02:00', 'with a zone of its own'],
    ['saturday 9am to 10am', 'is a span of time'],
    ['in 2 hours', 'counts from what time it is now'],
    ['now', 'counts from what time it is now'],
    ['saturday next week 7:00', 'weeks begin on Sunday'],
    ['tomorrow midnight', 'the beginning or the end'],
    ['12/5/2026 06:00', 'month first or day first'],
    ['5.12.2026 06:00', 'month first or day first'],
    ['05-06-2026 06:30', 'month first or day first'],
    ['12-5-26 06:30', 'month first or day first'],
    ['tonight 12', 'does not fit the part of the day'],
    ['tonight at 00:00', 'does not fit the part of the day'],
    ['tonight 1:00', 'does not fit the part of the day'],
    ['saturday night 03:00', 'does not fit the part of the day'],
    ['saturday evening 00:30', 'does not fit the part of the day'],
    ['tomorrow afternoon 11:30', 'does not fit the part of the day'],
    ['next weekend 06:30', 'several days'],
    ['next weekday 06:30', 'several days'],
    ['sat dec 6 06:00', '2026-12-06 is no such weekday'],
    ['feb 29 2027 06:00', 'no date and time'],
    ['saturday 24:30', ''],
  ])('%j', (text, why) => {
    const result = parseNaturalInstant(text, zone, Date.parse(wednesday));
    expect(result).toEqual({ ok: false, why: expect.stringContaining(why) as string });
  });

  it('ten kilobytes of them', () => expect(read('saturday 06:30 '.repeat(700))).toContain('longer than 100 characters'));

  it('a date that the zone does not have', () => expect(read('30 dec 2011 06:00', wednesday, 'Pacific/Apia')).toContain('2011-12-30, a date that Pacific/Apia does not have'));
});

describe('the same answers on every machine', () => {
  it('in five zones, two of which change their clock at midnight', { timeout: 60_000 }, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sallyport-words-'));
    try {
      const program = `import { parseNaturalInstant } from './natural-instant.ts';
const { texts, nows } = JSON.parse(process.argv[2]);
process.stdout.write(JSON.stringify({ hour: new Date(0).getHours(), answers: nows.flatMap((now) => texts.map((text) => parseNaturalInstant(text, 'America/Los_Angeles', Date.parse(now)))) }));`;
      const outfile = join(folder, 'answers.mjs');
      await build({ stdin: { contents: program, resolveDir: fileURLToPath(new URL('.', import.meta.url)), loader: 'ts' }, outfile, bundle: true, format: 'esm', platform: 'node', target: 'node20', conditions: ['@sallyport/source'], logLevel: 'silent' });
      const texts = [...understood.map(([text]) => text), 'now', 'in 2 hours', 'end of month 06:00'];
      const nows = [wednesday, '2026-03-08T09:59:00Z', '2026-03-08T10:01:00Z', '2026-11-01T08:30:00Z', '2026-09-06T04:30:00Z', '2026-12-31T23:59:00Z'];
      const expected = nows.flatMap((now) => texts.map((text) => parseNaturalInstant(text, zone, Date.parse(now))));
      for (const [where, hour] of [['UTC', 0], ['America/Los_Angeles', 16], ['America/Santiago', 21], ['Pacific/Apia', 13], ['Asia/Kathmandu', 5]] as const) {
        const { stdout } = await promisify(execFile)(process.execPath, [outfile, JSON.stringify({ texts, nows })], { env: { PATH: process.env['PATH'], TZ: where } });
        expect([where, JSON.parse(stdout)]).toEqual([where, { hour, answers: expected }]);
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
