import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { entryPath, signCheckpoint, verifierKey } from '@sallyport/ledger';
import { testKeyPem, testLedgerOf, testOrigin } from '@sallyport/ledger/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { policyText } from '../testing/example-documents.ts';
import { checkOut } from '../testing/ledger-folder.ts';
import { runCommand } from '../testing/run-command.ts';
import type { TemporaryFolder } from '../testing/temporary-folder.ts';

const folders: TemporaryFolder[] = [];
afterEach(async () => {
  await Promise.all(folders.splice(0).map((folder) => folder.remove()));
});

async function checkedOut(count: number) {
  const ledger = await checkOut(await testLedgerOf(count));
  folders.push(ledger.folder);
  return { ...ledger, path: ledger.folder.path };
}

const ledger = (...argv: readonly string[]) => runCommand(['ledger', ...argv]);
const verifyText = (proof: string, ...argv: readonly string[]) => runCommand(['ledger', 'verify-proof', '-', ...argv], { stdin: proof });
const said = (text: string): string => expect.stringContaining(text) as string;

/** Changes an entry as someone would who can write to the branch. */
async function editEntry(folder: string, index: number): Promise<void> {
  const file = join(folder, entryPath(index));
  await writeFile(file, (await readFile(file, 'utf8')).replace('"issue":', '"issue":1'));
}

describe('a proof that an entry is in the ledger', () => {
  it('is one file that anyone with the verifier key can check offline', async () => {
    const { argv, trust, path } = await checkedOut(7);
    const file = join(path, 'proof.json');
    expect(await ledger('proof', '4', ...argv, '--out', file)).toMatchObject({ exitCode: 0, out: '', err: said(`Written to ${file}`) });
    const { exitCode, out, err } = await ledger('verify-proof', file, ...trust);
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
    expect(out).toContain(`in the ledger  ${testOrigin}\n  entry 4 of 7 entries, counted from 0, recorded Mon 2 Mar 2026 10:00 UTC\n  A review of override override-4 was asked for in issue #5`);
  });

  it('comes the same on standard output, and is taken from standard input', async () => {
    const { argv, trust, entries } = await checkedOut(3);
    const { out } = await ledger('proof', '0', ...argv);
    expect(JSON.parse((await verifyText(out, ...trust, '--json')).out)).toMatchObject({ schema: 1, state: 'included', origin: testOrigin, size: 3, index: 0, entry: JSON.parse(Buffer.from(entries[0] ?? []).toString('utf8')) as unknown });
  });

  it('takes keys and ledger from the policy', async () => {
    const { argv, trust, path } = await checkedOut(2);
    const { out } = await ledger('proof', '1', ...argv);
    const policy = join(path, 'policy.yml');
    await writeFile(policy, `${policyText}ledger:\n  keys: [${JSON.stringify(trust[1])}]\n`);
    expect(await verifyText(out, '--policy', policy)).toMatchObject({ exitCode: 0 });
    await writeFile(policy, `${policyText.replace('acme/shop', 'acme/other')}ledger:\n  keys: [${JSON.stringify(trust[1])}]\n`);
    expect(await verifyText(out, '--policy', policy)).toMatchObject({ exitCode: 1, out: said('checkpoint-origin\n  The proof is of github.com/acme/shop/sallyport, not of github.com/acme/other/sallyport.') });
  });

  it.each<[string, (proof: Record<string, unknown>) => unknown, string]>([
    ['for another entry', (proof) => ({ ...proof, index: 2 }), 'not-included'],
    ['with another path', (proof) => ({ ...proof, path: (proof['path'] as readonly string[]).toReversed() }), 'not-included'],
    ['with a checkpoint of another size', (proof) => ({ ...proof, checkpoint: signCheckpoint({ origin: testOrigin, size: 9, root: Buffer.alloc(32, 7).toString('base64') }, testKeyPem()) }), 'not-included'],
    ['with a checkpoint that nobody trusted has signed', (proof) => ({ ...proof, checkpoint: signCheckpoint({ origin: testOrigin, size: 7, root: Buffer.alloc(32, 7).toString('base64') }, testKeyPem(2)) }), 'checkpoint-signature'],
  ])('does not hold %s (L05)', async (_name, change, code) => {
    const { argv, trust } = await checkedOut(7);
    const proof = JSON.parse((await ledger('proof', '1', ...argv)).out) as Record<string, unknown>;
    const changed = JSON.stringify(change(proof));
    expect(await verifyText(changed, ...trust)).toMatchObject({ exitCode: 1, out: said(`✗ not proved  ${code}\n`) });
    expect(JSON.parse((await verifyText(changed, ...trust, '--json')).out)).toMatchObject({ state: 'refused', code });
  });

  it('does not hold for whoever asks for another ledger, or trusts another key (L05)', async () => {
    const { argv, trust } = await checkedOut(2);
    const { out } = await ledger('proof', '1', ...argv);
    expect((await verifyText(out, ...trust, '--origin', 'github.com/acme/other/sallyport')).exitCode).toBe(1);
    expect((await verifyText(out, '--key', verifierKey(testOrigin, testKeyPem(2)))).exitCode).toBe(1);
  });

  it.each([
    ['an entry that is not there', ['proof', '3'], 'The ledger has 3 entries and no entry 3.\nGive an index from 0 to 2.'],
    ['an entry that is no number', ['proof', '-x'], "unknown option '-x'"],
    ['an entry that is a fraction', ['proof', '0.5'], 'it takes the index of an entry, counted from 0'],
    ['a file in a folder that is not there', ['proof', '1', '--out', '/nowhere/proof.json'], '/nowhere/proof.json cannot be written'],
  ])('is not made of %s', async (_name, asked, message) => {
    const { argv } = await checkedOut(3);
    expect(await ledger(...asked, ...argv)).toMatchObject({ exitCode: 2, out: '', err: said(message) });
  });

  it.each([
    ['nothing', '', 'is empty'],
    ['another document', '{"index":1}', 'standard input is no proof'],
    ['text', 'a proof', 'is not JSON'],
  ])('is not taken for one: %s', async (_name, text, message) => {
    expect(await verifyText(text, '--key', verifierKey(testOrigin, testKeyPem()))).toMatchObject({ exitCode: 2, out: '', err: said(message) });
  });

  it('is not checked by a key that is none', async () => {
    const { argv } = await checkedOut(1);
    expect(await verifyText((await ledger('proof', '0', ...argv)).out, '--key', 'rubbish')).toMatchObject({ exitCode: 2, out: '', err: said('No usable verifier key') });
  });
});

describe('a proof that nothing before a checkpoint was rewritten', () => {
  it('is one file that anyone with the verifier key can check offline', async () => {
    const { checkpoint } = await checkedOut(3);
    const { argv, trust, path } = await checkedOut(7);
    await writeFile(join(path, 'remembered.txt'), checkpoint);
    const { exitCode, out } = await ledger('consistency', join(path, 'remembered.txt'), ...argv);
    expect(exitCode).toBe(0);
    expect(await verifyText(out, ...trust)).toMatchObject({ exitCode: 0, out: said(`nothing rewritten  ${testOrigin}\n  7 entries, of which the first 3 are those of the older checkpoint\n`) });
    expect(JSON.parse((await verifyText(out, ...trust, '--json')).out)).toMatchObject({ state: 'consistent', origin: testOrigin, size: 7, older: { size: 3 } });
    const cut = JSON.stringify({ ...(JSON.parse(out) as object), path: [] });
    expect(await verifyText(cut, ...trust)).toMatchObject({ exitCode: 1, out: said('not-consistent') });
  });

  it('takes the checkpoint from standard input', async () => {
    const { checkpoint } = await checkedOut(2);
    const { argv } = await checkedOut(5);
    expect(await runCommand(['ledger', 'consistency', '-', ...argv], { stdin: checkpoint })).toMatchObject({ exitCode: 0, out: said('"older":') });
  });

  it('is not made when the end was cut off (L02)', async () => {
    const { checkpoint } = await checkedOut(4);
    const { argv } = await checkedOut(3);
    expect(await runCommand(['ledger', 'consistency', '-', ...argv], { stdin: checkpoint })).toMatchObject({ exitCode: 1, out: '', err: said('the end was cut off') });
  });
});

describe('an export', () => {
  it('has the exact bytes of every entry', async () => {
    const { argv, entries } = await checkedOut(5);
    const bytes = entries.map((entry) => Buffer.from(entry).toString('utf8'));
    expect(await ledger('export', ...argv)).toEqual({ exitCode: 0, out: bytes.join(''), err: '' });
    expect((await ledger('export', '--from', '1', '--to', '3', '--format', 'jsonl', ...argv)).out).toBe(bytes.slice(1, 4).join(''));
    expect((await ledger('export', '--from', '4', ...argv)).out).toBe(bytes.slice(4).join(''));
  });

  it.each([
    ['entries that are not there', ['--to', '5'], 'no entry 5'],
    ['a range that ends before it begins', ['--from', '3', '--to', '2'], 'there is nothing between them'],
    ['a format that is none', ['--format', 'csv'], 'Allowed choices are jsonl'],
  ])('refuses %s', async (_name, more, message) => {
    const { argv } = await checkedOut(5);
    expect(await ledger('export', ...argv, ...more)).toMatchObject({ exitCode: 2, out: '', err: said(message) });
  });
});

it.each([
  ['export', ['export']],
  ['proof of an entry', ['proof', '0']],
  ['proof of consistency', ['consistency', '-']],
])('a ledger that is not intact gives no %s', async (_name, asked) => {
  const { argv, path, checkpoint } = await checkedOut(4);
  await editEntry(path, 2);
  expect(await runCommand(['ledger', ...asked, ...argv], { stdin: checkpoint })).toMatchObject({ exitCode: 1, out: '', err: said('The ledger is not intact') });
});
