import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runProgram } from '../run-program.ts';
import { policyText, releaseFactsDocument, saturday, stageFactsDocument, wednesday } from '../testing/example-documents.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import type { TemporaryFolder } from '../testing/temporary-folder.ts';
import { testIo } from '../testing/test-io.ts';

let folder: TemporaryFolder;
const caseOf = (facts: unknown, now: unknown, decision?: unknown) => JSON.stringify({ case: 1, policy: policyText, facts, now, ...(decision === undefined ? {} : { decision }) });

beforeAll(async () => {
  folder = await temporaryFolder({
    '.github/sallyport.yml': policyText,
    'stage.json': JSON.stringify(stageFactsDocument),
    'release.json': JSON.stringify(releaseFactsDocument),
    'wednesday.json': caseOf(releaseFactsDocument, wednesday),
    'saturday.json': caseOf(releaseFactsDocument, saturday),
    'unread.json': caseOf({ ...releaseFactsDocument, holds: { items: [], complete: false, missing: 'the second page was not answered' } }, saturday),
  });
});
afterAll(() => folder.remove());

const ask = async (...argv: readonly string[]) => {
  const io = testIo({ cwd: folder.path });
  return { exitCode: await runProgram(argv, io), out: io.out(), err: io.err() };
};

describe('deciding offline', () => {
  it.each([
    ['allows a build on its way to staging', ['gate', 'stage', '--facts', 'stage.json', '--at', '2026-12-02T18:00:00Z'], 0, 'ALLOW'],
    ['waits for Saturday on a Wednesday', ['gate', 'release', '--facts', 'release.json', '--at', '2026-12-02T10:00:00-08:00'], 4, 'Sat 5 Dec 2026 06:00 PST'],
    ['allows from the first second of the window', ['gate', 'release', '--facts', 'release.json', '--at', '2026-12-05T06:00:00-08:00'], 0, 'ALLOW'],
    ['waits in the last second before it', ['gate', 'release', '--facts', 'release.json', '--at', '2026-12-05T05:59:59-08:00'], 4, 'WAIT'],
    ['takes policy and time from a case', ['gate', 'release', '--facts', 'wednesday.json'], 4, 'WAIT'],
    ['takes policy and time from a case on Saturday', ['gate', 'release', '--facts', 'saturday.json'], 0, 'ALLOW'],
    ['says what a case would have been at another time', ['gate', 'release', '--facts', 'wednesday.json', '--at', '2026-12-05T06:00:00-08:00'], 0, 'ALLOW'],
    ['answers unknown when a list is cut short', ['gate', 'release', '--facts', 'unread.json'], 3, 'UNKNOWN'],
  ])('%s', async (_name, argv, exitCode, text) => {
    const answer = await ask(...argv);
    expect([answer.exitCode, answer.out]).toEqual([exitCode, expect.stringContaining(text)]);
  });

  it("says so when it takes this machine's time", async () => {
    expect((await ask('gate', 'release', '--facts', 'release.json')).err).toContain("the time is this machine's, 2026-12-02T18:00:00.000Z");
  });

  it('fits its text into 80 columns, but for commands and addresses', async () => {
    const { out } = await ask('gate', 'release', '--facts', 'wednesday.json');
    expect(Math.max(...out.split('\n').filter((line) => !line.includes(' https://')).map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it('makes the same decision again, to the byte, and notices when it is another', async () => {
    const { out: first } = await ask('gate', 'release', '--facts', 'wednesday.json', '--json');
    const { out: second } = await ask('gate', 'release', '--facts', 'wednesday.json', '--json');
    expect(second).toBe(first);
    const recorded = JSON.parse(first) as Record<string, unknown>;
    const check = async (decision: unknown) => {
      const io = testIo({ stdin: caseOf(releaseFactsDocument, wednesday, decision) });
      return { exitCode: await runProgram(['gate', 'release', '--facts', '-', '--check'], io), out: io.out() };
    };
    expect(await check(recorded)).toEqual({ exitCode: 0, out: expect.stringContaining('The same decision, to the byte: wait') as string });
    expect(await check({ ...recorded, outcome: 'allow' })).toEqual({ exitCode: 1, out: expect.stringContaining('First difference at outcome:\n  recorded: "allow"\n  made now: "wait"') as string });
    expect((await check({ ...recorded, extra: 1 })).exitCode).toBe(1);
  });
});
