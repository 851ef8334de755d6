import { appendEntries, verifierKey } from '@sallyport/ledger';
import type { NewEntry } from '@sallyport/ledger';
import { testContext, testKeyPem, testOrigin } from '@sallyport/ledger/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkOut } from '../testing/ledger-folder.ts';
import { policyText } from '../testing/example-documents.ts';
import { runCommand } from '../testing/run-command.ts';
import type { TemporaryFolder } from '../testing/temporary-folder.ts';

const opening = { from: '2026-12-05T14:00:00.000Z', to: '2026-12-05T20:00:00.000Z' };
const command = (comment: number, change: Record<string, unknown> = {}): NewEntry => ({
  key: `command:${comment}`,
  body: { type: 'command-handled', comment, issue: 41, person: { id: 105, login: 'olga', kind: 'user' }, role: 'maintain', commentedAt: '2026-11-30T09:00:00.000Z', command: { name: 'schedule', environment: 'production', ...opening, build: `sha256:${'b1'.repeat(32)}`, ...change }, outcome: 'accepted', answer: '' },
});

let folder: TemporaryFolder;
beforeAll(async () => {
  const context = testContext();
  await appendEntries(context, [command(9001, { from: '2026-11-28T14:00:00.000Z' }), command(9002)]);
  folder = (await checkOut(context)).folder;
  await writeFile(join(folder.path, 'sallyport.yml'), `repository: acme/shop\n${policyText.replace(/^repository:.*\n/m, '').replace(/ledger:[\s\S]*?(?=\n\S|$)/, '')}\nledger:\n  keys: ["${verifierKey(testOrigin, testKeyPem())}"]\n`);
});
afterAll(() => folder.remove());

const ask = (...argv: readonly string[]) => runCommand(['window', ...argv, '--policy', 'sallyport.yml', '--at', '2026-12-01T12:00:00Z'], { cwd: folder.path });

describe('what is scheduled', () => {
  it('stands in the weeks to come, beside its opening', async () => {
    const { exitCode, out, err } = await ask('calendar', '--weeks', '2', '--releases', '.');
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
    expect(out.replace(/\s+/g, ' ')).toContain('scheduled Sat 5 06:00: sha256:b1b1b1b1b1b1, by olga');
  });

  it('is part of the JSON', async () => {
    const { out } = await ask('calendar', '--weeks', '2', '--json', '--releases', '.');
    expect(JSON.parse(out)).toMatchObject({ releases: [{ ...opening, by: 'olga' }] });
    expect(JSON.parse((await ask('calendar', '--weeks', '2', '--json')).out)).not.toHaveProperty('releases');
  });

  it('is an event of the feed, with a name that lasts', async () => {
    const { exitCode, out } = await ask('ics', '--weeks', '2', '--releases', '.');
    expect(exitCode).toBe(0);
    const events = out.split('BEGIN:VEVENT').filter((event) => event.includes('Release to production is scheduled'));
    expect(events).toHaveLength(1);
    const nameOf = (text: string): string | undefined => /UID:(\S+)/.exec(text)?.[1];
    const later = (await runCommand(['window', 'ics', '--policy', 'sallyport.yml', '--at', '2026-12-02T12:00:00Z', '--weeks', '2', '--releases', '.'], { cwd: folder.path })).out.split('BEGIN:VEVENT').find((event) => event.includes('is scheduled'));
    expect(nameOf(events[0] ?? '')).toMatch(/@sallyport$/);
    expect(nameOf(later ?? '')).toBe(nameOf(events[0] ?? ''));
    expect((await ask('ics', '--weeks', '2')).out).not.toContain('is scheduled');
  });

  it('is over when its opening is', async () => {
    const { out } = await runCommand(['window', 'calendar', '--policy', 'sallyport.yml', '--at', opening.to, '--releases', '.', '--json'], { cwd: folder.path });
    expect(JSON.parse(out)).toMatchObject({ releases: [] });
  });

  it('is not shown from a ledger that is not intact', async () => {
    const path = join(folder.path, 'checkpoint');
    const before = await readFile(path, 'utf8');
    await writeFile(path, before.replace('\n2\n', '\n1\n'));
    const { exitCode, err } = await ask('calendar', '--releases', '.');
    await writeFile(path, before);
    expect(exitCode).toBe(2);
    expect(err).toContain('the ledger is not intact');
  });
});
