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

const explain = (changes: Partial<Io>, ...argv: readonly string[]) => runCommand(['window', 'explain', ...argv], { cwd: folder.path, ...changes });

describe('window explain', () => {
  it.each<[string, Partial<Io>, readonly string[], number]>([
    ['a window that is open', {}, ['--at', '2026-12-05T07:00:00-08:00'], 0],
    ['one that is open and closes too soon', {}, ['--at', '2026-12-05T11:50:00-08:00'], 0],
    ['one that is closed', {}, [], 4],
    ['a freeze', {}, ['--at', '2026-12-26T07:00:00-08:00'], 4],
    ['it to somebody in Kathmandu', { zone: 'Asia/Kathmandu' }, [], 4],
    ['it with zone data from long ago', { tzdata: '2024a' }, [], 4],
    ['it to whoever deploys for eight hours', {}, ['--deploy-minutes', '480'], 4],
  ])('explains %s', async (_name, changes, argv, expected) => {
    const { exitCode, out } = await explain(changes, ...argv);
    expect(exitCode).toBe(expected);
    expect(out).toMatchSnapshot();
  });

  it('says the same as JSON, in UTC', async () => {
    const { out } = await explain({ zone: 'Asia/Kathmandu' }, '--json', '--at', '2026-12-05T07:00:00-08:00');
    expect(JSON.parse(out)).toEqual({
      schema: 1,
      environment: 'production',
      window: 'saturday-morning',
      zone: 'America/Los_Angeles',
      at: '2026-12-05T15:00:00.000Z',
      state: 'open',
      rule: 'windows.saturday-morning',
      since: '2026-12-05T14:00:00.000Z',
      until: '2026-12-05T20:00:00.000Z',
      nextOpening: { from: '2026-12-12T14:00:00.000Z', to: '2026-12-12T20:00:00.000Z' },
      nextClosing: '2026-12-05T20:00:00.000Z',
      remainingSeconds: 18_000,
      deploy: { expectedSeconds: 900, reserveSeconds: 450, start: 'now', lastSafeStart: '2026-12-05T19:37:30.000Z' },
      tzdata: { version: '2026b', age: 'within-a-year' },
    });
  });

  it('says that an environment without a window is open', async () => {
    expect(await explain({}, '--environment', 'staging')).toMatchObject({ exitCode: 0, out: expect.stringContaining('no window') as string });
  });

  it.each(['0', 'soon', '10000', '1.5'])('takes no %j minutes', async (minutes) => {
    expect(await explain({}, '--deploy-minutes', minutes)).toMatchObject({ exitCode: 2, err: expect.stringContaining('from 1 to 9999') as string });
  });
});
