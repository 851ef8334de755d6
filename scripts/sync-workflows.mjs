#!/usr/bin/env node
// Writes `.github` of our own repository from `workflows/`: the reusable workflows under the names that callers use, what we place as
// any adopter does (merge gate and nightly audit; nothing is deployed from here), our own tests and our own policy. With --check it changes nothing and says what differs.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const folder = '.github/workflows';

const wanted = new Map([
  ...from('workflows/reusable').map(([name, text]) => [`${folder}/sallyport-${name}`, text]),
  ...['merge-gate.yml', 'review-seen.yml'].map((name) => [`${folder}/${name}`, read(`workflows/${name}`)]),
  [`${folder}/audit.yml`, read('workflows/callers/audit.yml')],
  [`${folder}/ci.yml`, read('workflows/own/ci.yml')],
  ['.github/sallyport.yml', read('workflows/own/sallyport.yml')],
]);

const surplus = list(folder).map((name) => `${folder}/${name}`).filter((path) => !wanted.has(path));
const different = [...wanted].filter(([path, text]) => read(path) !== text).map(([path]) => path);

if (process.argv.includes('--check')) {
  for (const path of different) process.stderr.write(`${path} is not what workflows/ makes of it. Change it there and run \`node scripts/sync-workflows.mjs\`.\n`);
  for (const path of surplus) process.stderr.write(`${path} has no source in workflows/. Put one there, or remove it.\n`);
  if (different.length + surplus.length > 0) process.exitCode = 1;
} else {
  mkdirSync(join(root, folder), { recursive: true });
  for (const path of different) writeFileSync(join(root, path), wanted.get(path));
  process.stdout.write(`${different.length} of ${wanted.size} files written.\n`);
  for (const path of surplus) process.stdout.write(`${path} has no source in workflows/; it was left.\n`);
}

function from(path) {
  return list(path).map((name) => [name, read(join(path, name))]);
}

function list(path) {
  try {
    return readdirSync(join(root, path)).filter((name) => /\.ya?ml$/.test(name)).sort();
  } catch {
    return [];
  }
}

/** Null when it is not there. */
function read(path) {
  try {
    return readFileSync(join(root, path), 'utf8');
  } catch {
    return null;
  }
}
