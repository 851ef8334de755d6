import picocolors from 'picocolors';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Io } from '../io.ts';
import { frozenPolicyText } from '../testing/example-documents.ts';
import { runCommand } from '../testing/run-command.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import type { TemporaryFolder } from '../testing/temporary-folder.ts';

let folder: TemporaryFolder;
beforeAll(async () => {
  folder = await temporaryFolder({ '.github/sallyport.yml': frozenPolicyText });
});
afterAll(() => folder.remove());

const calendar = (changes: Partial<Io>, ...argv: readonly string[]) => runCommand(['window', 'calendar', ...argv], { cwd: folder.path, ...changes });

describe('window calendar', () => {
  it.each<[string, Partial<Io>]>([
    ['on eighty columns', {}],
    ['with colours', { colors: picocolors.createColors(true) }],
    ['where it is narrow', { columns: 50 }],
  ])('shows the weeks to come %s', async (_name, changes) => {
    const { exitCode, out } = await calendar(changes, '--weeks', '6');
    expect(exitCode).toBe(0);
    expect(out).toMatchSnapshot();
    const widest = Math.max(...out.replace(/\u001b\[[0-9;]*m/g, '').split('\n').map((line) => line.length));
    expect(widest).toBeLessThanOrEqual(changes.columns ?? 80);
  });

  it('names a freeze that is on already, and tells a day it frees in part', async () => {
    const { out } = await calendar({}, '--weeks', '2', '--at', '2026-12-30T12:00:00-08:00');
    expect(out).toContain('freeze holidays until Mon 4 Jan 2027');
    expect(out).toContain('>');
    expect(out).not.toMatch(/\[ 2\]/);
  });

  it('says the same as JSON, day by day', async () => {
    const { days, zone } = JSON.parse((await calendar({}, '--weeks', '3', '--json')).out) as { readonly zone: string; readonly days: readonly { readonly date: string; readonly open: readonly unknown[]; readonly freezes: readonly string[] }[] };
    expect([zone, days.length, days[0]?.date]).toEqual(['America/Los_Angeles', 21, '2026-11-30']);
    expect(days.find(({ date }) => date === '2026-12-05')).toEqual({ date: '2026-12-05', open: [{ from: '2026-12-05T14:00:00.000Z', to: '2026-12-05T20:00:00.000Z', rule: 'windows.saturday-morning' }], freezes: [] });
    expect(days.find(({ date }) => date === '2026-12-19')).toMatchObject({ open: [], freezes: ['holidays'] });
  });

  it('says so where there is no window', async () => {
    expect((await calendar({}, '--environment', 'staging')).out).toContain('no window');
  });

  it.each(['0', '54', 'many', ''])('takes no %j weeks', async (weeks) => {
    const { exitCode, err } = await calendar({}, `--weeks=${weeks}`);
    expect([exitCode, err]).toEqual([2, expect.stringContaining('from 1 to 53')]);
  });
});
