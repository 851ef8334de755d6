#!/usr/bin/env node
// Writes the tables of inputs and outputs in packages/actions/*/README.md from each action.yml. With --check it only says which differ.
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root, runTypeScript } from './run-typescript.mjs';

// A version of the product's: another one, older, comes to the root with the tools.
const { load } = createRequire(join(root, 'packages/simulator/package.json'))('js-yaml');
const check = process.argv.includes('--check');

process.exitCode = await runTypeScript(join(root, 'scripts/actions/index.ts'), ({ readActions, withActionTables }) => {
  let wrong = 0;
  for (const { folder, file, readme } of readActions(root, load)) {
    const path = `packages/actions/${folder}/README.md`;
    const text = withActionTables(readme, file);
    if (text === readme) continue;
    wrong += text === null || check ? 1 : 0;
    if (text === null) process.stderr.write(`${path} has not the two marks between which the tables go; see the README of another action.\n`);
    else if (check) process.stderr.write(`${path} does not say what action.yml says. Run \`node scripts/generate-action-tables.mjs\`.\n`);
    else {
      writeFileSync(join(root, path), text);
      process.stdout.write(`${path} written\n`);
    }
  }
  return wrong === 0 ? 0 : 1;
});
