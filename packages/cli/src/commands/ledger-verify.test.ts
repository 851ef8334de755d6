import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { entryPath } from '@sallyport/ledger';
import { testLedgerOf } from '@sallyport/ledger/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { runProgram } from '../run-program.ts';
import { checkOut } from '../testing/ledger-folder.ts';
import type { TemporaryFolder } from '../testing/temporary-folder.ts';
import { testIo } from '../testing/test-io.ts';

const folders: TemporaryFolder[] = [];
afterEach(async () => {
  await Promise.all(folders.splice(0).map((folder) => folder.remove()));
});

/** A checked-out ledger of so many entries, and the arguments to verify it. */
async function checkedOut(count: number) {
  const { folder, ...ledger } = await checkOut(await testLedgerOf(count));
  folders.push(folder);
  return { ...ledger, folder: folder.path };
}

const run = async (...argv: readonly string[]) => {
  const io = testIo();
  return { exitCode: await runProgram(argv, io), out: io.out(), err: io.err() };
};

describe('ledger verify and show, from a folder', () => {
  it('says intact, with size and root', async () => {
    const { argv } = await checkedOut(5);
    expect(await run('ledger', 'verify', ...argv)).toEqual({ exitCode: 0, out: expect.stringMatching(/intact.*\n {2}5 entries, root [A-Za-z0-9+/]{43}=\n$/) as string, err: '' });
  });

  it('says where an old entry was edited', async () => {
    const { folder, argv } = await checkedOut(5);
    const file = join(folder, entryPath(2));
    await writeFile(file, (await readFile(file, 'utf8')).replace('"issue":3', '"issue":4'));
    const answer = await run('ledger', 'verify', ...argv);
    expect([answer.exitCode, answer.out]).toEqual([1, expect.stringContaining('at entry 2')]);
    expect((await run('ledger', 'show', ...argv)).exitCode).toBe(1);
  });

  it('says with --bytes whether the bytes were signed, and that it read no entry', async () => {
    const { folder, argv } = await checkedOut(5);
    expect(await run('ledger', 'verify', '--bytes', ...argv)).toEqual({ exitCode: 0, out: expect.stringMatching(/intact.*\n {2}5 entries, root .*\n {2}These are the bytes that were signed\. Whether each is an entry was not looked at\.\n$/) as string, err: '' });
    expect(JSON.parse((await run('ledger', 'verify', '--bytes', '--json', ...argv)).out)).toMatchObject({ state: 'intact', entries: 'not-read', size: 5 });
    expect(JSON.parse((await run('ledger', 'verify', '--json', ...argv)).out)).toMatchObject({ state: 'intact', entries: 'read', size: 5 });
    const file = join(folder, entryPath(2));
    await writeFile(file, (await readFile(file, 'utf8')).replace('"issue":3', '"issue":4'));
    const answer = await run('ledger', 'verify', '--bytes', ...argv);
    expect([answer.exitCode, answer.out]).toEqual([1, expect.stringContaining('at entry 2')]);
  });

  it('trusts no other key, and no other ledger', async () => {
    const { argv } = await checkedOut(2);
    const other = `other+${createHash('sha256').digest('hex').slice(0, 8)}+AAAA`;
    expect((await run('ledger', 'verify', ...argv.slice(0, -1), other)).exitCode).toBe(1);
    expect((await run('ledger', 'verify', ...argv, '--origin', 'github.com/acme/other/sallyport')).exitCode).toBe(1);
  });

  it('finds an end that was cut off, for whoever remembers a checkpoint', async () => {
    const { checkpoint } = await checkedOut(4);
    const { folder, argv } = await checkedOut(3);
    expect((await run('ledger', 'verify', ...argv)).exitCode).toBe(0);
    await writeFile(join(folder, 'remembered.txt'), checkpoint);
    const answer = await run('ledger', 'verify', ...argv, '--against', join(folder, 'remembered.txt'));
    expect([answer.exitCode, answer.out]).toEqual([1, expect.stringContaining('the end was cut off')]);
  });

  it('holds it against every checkpoint that is remembered', async () => {
    const [early, late] = [await checkedOut(2), await checkedOut(4)];
    const { folder, argv } = await checkedOut(3);
    await writeFile(join(folder, 'early.txt'), early.checkpoint);
    await writeFile(join(folder, 'late.txt'), late.checkpoint);
    const [againstEarly, againstLate] = [['--against', join(folder, 'early.txt')], ['--against', join(folder, 'late.txt')]];
    expect((await run('ledger', 'verify', ...argv, ...againstEarly)).exitCode).toBe(0);
    expect((await run('ledger', 'verify', ...argv, ...againstEarly, ...againstLate)).exitCode).toBe(1);
    expect((await run('ledger', 'verify', ...argv, ...againstLate, ...againstEarly)).exitCode).toBe(1);
  });

  it('shows the last entries', async () => {
    const { argv } = await checkedOut(5);
    const { exitCode, out } = await run('ledger', 'show', '-n', '2', ...argv);
    expect([exitCode, out.trim().split('\n').map((line) => line.trim().split(' ')[0])]).toEqual([0, ['3', '4']]);
  });
});
