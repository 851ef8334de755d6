#!/usr/bin/env node
// Packs every public package as it would be published and says what is wrong with it: our own rules, publint, and
// arethetypeswrong. `npm run lint:packages`; the bundles must be there (`npm run setup`).
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { root, runTypeScript } from './run-typescript.mjs';

const folder = mkdtempSync(join(tmpdir(), 'sallyport-packages-'));
try {
  const problems = await runTypeScript(join(root, 'scripts/release/packages.ts'), async ({ packPackages, packageProblems }) => {
    const found = [];
    for (const packed of await packPackages(root, folder)) {
      const ours = packageProblems({ ...packed, read: (path) => readFileSync(join(root, packed.folder, path), 'utf8') });
      found.push(...ours, ...(await publintProblems(packed)), ...(await typesProblems(packed)));
      const bytes = packed.files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
      process.stdout.write(`${packed.manifest.name} ${packed.manifest.version}: ${packed.files.length} files, ${Math.round(bytes / 1024)} KiB unpacked, sha256 ${packed.sha256}\n`);
    }
    return found;
  });
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  process.exitCode = problems.length === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function publintProblems({ tarball, manifest }) {
  const { messages, pkg: read } = await publint({ pack: { tarball: bufferOf(readFileSync(tarball)) }, level: 'suggestion' });
  return messages.map((message) => `${manifest.name}: publint: ${formatMessage(message, read, { color: false }) ?? message.code}`);
}

/** A package without types is what it should be here: it holds commands and actions, and nothing to import. */
async function typesProblems({ tarball, manifest }) {
  const result = await checkPackage(createPackageFromTarballData(new Uint8Array(readFileSync(tarball))));
  return result.types === false ? [] : result.problems.map((problem) => `${manifest.name}: arethetypeswrong: ${problem.kind} ${JSON.stringify(problem)}`);
}

function bufferOf(bytes) {
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
}
