#!/usr/bin/env node
// Compares the actions' bundles with packages/actions/bundle-sizes.json; with --write takes what they are for their budget. They have to be bundled first.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, runTypeScript } from './run-typescript.mjs';

const table = join(root, 'packages/actions/bundle-sizes.json');
process.exitCode = await runTypeScript(join(root, 'scripts/actions/bundle-sizes.ts'), ({ measureBundles, overBudget }) => {
  const measured = measureBundles(join(root, 'packages/actions/dist'));
  if (process.argv.includes('--write')) writeFileSync(table, `${JSON.stringify(measured, null, 2)}\n`);
  for (const [name, bytes] of Object.entries(measured)) process.stdout.write(`${String(bytes).padStart(9)} ${name}\n`);
  const problems = overBudget(measured, JSON.parse(readFileSync(table, 'utf8')));
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  return problems.length === 0 ? 0 : 1;
});
