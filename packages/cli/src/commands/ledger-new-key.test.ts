import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { verifierKey } from '@sallyport/ledger';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runCommand } from '../testing/run-command.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import type { TemporaryFolder } from '../testing/temporary-folder.ts';

let folder: TemporaryFolder;
beforeAll(async () => {
  folder = await temporaryFolder({});
});
afterAll(() => folder.remove());

it('writes a private key that only its owner reads, and prints the key that verifies it', async () => {
  const { exitCode, out, err } = await runCommand(['ledger', 'new-key', '--repo', 'acme/shop', '--out', 'key.pem'], { cwd: folder.path });
  expect(exitCode).toBe(0);
  const pem = await readFile(join(folder.path, 'key.pem'), 'utf8');
  expect(out).toBe(`${verifierKey('github.com/acme/shop/sallyport', pem)}\n`);
  expect((await stat(join(folder.path, 'key.pem'))).mode & 0o077).toBe(0);
  expect(out + err).not.toContain('PRIVATE KEY');
});

it('never writes over a file', async () => {
  await writeFile(join(folder.path, 'other.pem'), 'the only copy');
  const { exitCode, err } = await runCommand(['ledger', 'new-key', '--repo', 'acme/shop', '--out', 'other.pem'], { cwd: folder.path });
  expect([exitCode, await readFile(join(folder.path, 'other.pem'), 'utf8')]).toEqual([2, 'the only copy']);
  expect(err).toContain('is there already');
});
