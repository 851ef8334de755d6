import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { calendarAnswers } from './any-machine.fixture.ts';

const vectorsFile = fileURLToPath(new URL('fixtures/windows.json', import.meta.url));
const run = promisify(execFile);

/** Prints what hour and year the process takes it to be, and then the answers. */
const program = `import { calendarAnswers } from './any-machine.fixture.ts';
process.stdout.write(JSON.stringify({ hour: new Date(0).getHours(), year: new Date().getFullYear(), answers: calendarAnswers(process.argv[2] ?? '') }));`;

type Told = { readonly hour: number; readonly year: number; readonly answers: readonly string[] };

let folder = '';
let expected: readonly string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sallyport-calendar-'));
  await build({ stdin: { contents: program, resolveDir: fileURLToPath(new URL('.', import.meta.url)), loader: 'ts' }, outfile: join(folder, 'answers.mjs'), bundle: true, format: 'esm', platform: 'node', target: 'node20', conditions: ['@sallyport/source'], logLevel: 'silent' });
  expected = calendarAnswers(vectorsFile);
});

afterAll(async () => rm(folder, { recursive: true, force: true }));

/** A process whose machine stands in a zone, and whose clock, if it is said, shows another date. */
async function answersOn(zone: string, date?: string): Promise<Told> {
  const otherDate = `const Now = Date; const ahead = Now.parse('${date}') - Now.now(); globalThis.Date = class extends Now { constructor(...of) { if (of.length === 0) super(Now.now() + ahead); else super(...of); } static now() { return Now.now() + ahead; } };`;
  const clock = date === undefined ? [] : ['--import', `data:text/javascript,${encodeURIComponent(otherDate)}`];
  const { stdout } = await run(process.execPath, [...clock, join(folder, 'answers.mjs'), vectorsFile], { env: { PATH: process.env['PATH'], TZ: zone }, maxBuffer: 2 ** 26 });
  return JSON.parse(stdout) as Told;
}

describe('the same answers', () => {
  it.each([
    /** Each with the hour its clock showed at the beginning of 1970. */
    ['Asia/Kathmandu', 5],
    ['America/St_Johns', 20],
    ['Pacific/Apia', 13],
    ['UTC', 0],
    ['America/Los_Angeles', 16],
  ])('on a machine in %s', async (zone, hour) => {
    const told = await answersOn(zone);
    expect(told.hour).toBe(hour);
    expect(told.answers).toEqual(expected);
  });

  /** One in summer time, and one in a repeated hour, where local times made by libraries can follow today's offset. */
  it.each([
    ['2031-07-01T12:00:00Z', 2031],
    ['2009-11-01T08:30:00Z', 2009],
  ])('on a machine whose clock shows %s', async (date, year) => {
    const told = await answersOn('America/Los_Angeles', date);
    expect(told.year).toBe(year);
    expect(told.answers).toEqual(expected);
  });
});
