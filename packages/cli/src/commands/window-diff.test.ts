import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { policyText } from '../testing/example-documents.ts';
import { runCommand } from '../testing/run-command.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import type { TemporaryFolder } from '../testing/temporary-folder.ts';

const frozen = (from: string, to: string): string => `${policyText}freezes:\n  - { name: holidays, zone: America/Los_Angeles, from: ${from}, to: ${to}, owner: "@rita", reason: peak season }\n`;

let folder: TemporaryFolder;
beforeAll(async () => {
  folder = await temporaryFolder({
    'old.yml': policyText,
    'frozen.yml': frozen('2026-12-19T00:00', '2027-01-04T00:00'),
    'partly.yml': frozen('2026-12-05T11:00', '2026-12-06T00:00'),
    'later.yml': policyText.replace('from: "06:00"', 'from: "05:00"'),
    'anytime.yml': policyText.replace(/^ *window: saturday-morning\n/m, '    window: anytime\n'),
  });
});
afterAll(() => folder.remove());

const diff = (...argv: readonly string[]) => runCommand(['window', 'diff', ...argv], { cwd: folder.path, stdin: policyText });

describe('window diff', () => {
  it.each([
    ['what stays', 'old.yml', 'old.yml'],
    ['what goes, and the longest time without a window', 'old.yml', 'frozen.yml'],
    ['what comes back', 'frozen.yml', 'old.yml'],
    ['what is cut short', 'old.yml', 'partly.yml'],
    ['what opens an hour earlier', 'old.yml', 'later.yml'],
    ['that the window is gone', 'old.yml', 'anytime.yml'],
  ])('says %s', async (_name, before, after) => {
    const { exitCode, out } = await diff(before, after, '-n', '5');
    expect(exitCode).toBe(0);
    expect(out).toMatchSnapshot();
  });

  it('reads one of the two from standard input, and says the same as JSON', async () => {
    const { out } = await diff('-', 'frozen.yml', '--json', '-n', '4');
    const { environments } = JSON.parse(out) as { readonly environments: readonly { readonly environment: string; readonly openings?: readonly { readonly change: string; readonly from: string }[]; readonly longestGapSeconds?: unknown }[] };
    const production = environments.find(({ environment }) => environment === 'production');
    expect(production?.openings?.map(({ change, from }) => [change, from])).toEqual([['kept', '2026-12-05T14:00:00.000Z'], ['kept', '2026-12-12T14:00:00.000Z'], ['removed', '2026-12-19T14:00:00.000Z'], ['removed', '2026-12-26T14:00:00.000Z']]);
    expect(production?.longestGapSeconds).toEqual({ before: 6 * 86_400 + 19 * 3600, after: 27 * 86_400 + 18 * 3600 });
  });

  it.each([
    [['-', '-'], 'holds only one'],
    [['old.yml', 'nowhere.yml'], 'nowhere.yml'],
    [['old.yml', 'old.yml', '-n', '0'], 'from 1 to 50'],
    [['old.yml'], 'new policy'],
  ])('refuses %j', async (argv, text) => {
    const { exitCode, err } = await diff(...argv);
    expect([exitCode, err]).toEqual([2, expect.stringContaining(text)]);
  });
});
