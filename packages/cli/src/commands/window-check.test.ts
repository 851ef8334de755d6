import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { frozenPolicyText } from '../testing/example-documents.ts';
import { runCommand } from '../testing/run-command.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import type { TemporaryFolder } from '../testing/temporary-folder.ts';

let folder: TemporaryFolder;
beforeAll(async () => {
  folder = await temporaryFolder({ '.github/sallyport.yml': frozenPolicyText });
});
afterAll(() => folder.remove());

const run = (...argv: readonly string[]) => runCommand(argv, { cwd: folder.path });

describe('window check and window next', () => {
  it.each([
    ['closed a millisecond before six', '2026-12-05T05:59:59.999-08:00', 4, 'CLOSED'],
    ['open at six', '2026-12-05T06:00:00-08:00', 0, 'until Sat 5 Dec 2026 12:00 PST (20:00 UTC)'],
    ['open until just before noon', '2026-12-05T11:59:59.999-08:00', 0, 'OPEN'],
    ['closed at noon', '2026-12-05T12:00:00-08:00', 4, 'outside the window'],
    ['frozen on a Saturday morning', '2026-12-19T07:00:00-08:00', 4, 'freeze holidays by @rita: peak season'],
  ])('%s', async (_name, at, exitCode, text) => {
    const answer = await run('window', 'check', '--at', at);
    expect([answer.exitCode, answer.out]).toEqual([exitCode, expect.stringContaining(text)]);
  });

  it('lists the next openings over a freeze', async () => {
    const { exitCode, out } = await run('window', 'next', '-n', '3', '--json');
    const { openings, state } = JSON.parse(out) as { readonly openings: readonly { readonly from: string }[]; readonly state: string };
    expect([exitCode, state, openings.map(({ from }) => from)]).toEqual([0, 'closed', ['2026-12-05T14:00:00.000Z', '2026-12-12T14:00:00.000Z', '2027-01-09T14:00:00.000Z']]);
  });

  it('says that an environment without a window is open', async () => {
    const { exitCode, out } = await run('window', 'check', '--environment', 'staging');
    expect([exitCode, out]).toEqual([0, expect.stringContaining('no window')]);
  });
});
