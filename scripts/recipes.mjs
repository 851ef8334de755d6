#!/usr/bin/env node
// Runs the scripts of the deploy recipes in `workflows/recipes`, taken from the files as they are: OpenSSH against SSH servers, the AWS command
// line against moto, kubectl against a small API server, all on loopback. What is in Python is installed where it is not yet, with pip.
import { join } from 'node:path';
import process from 'node:process';
import { root, runTypeScript } from './run-typescript.mjs';
import { installPython } from './tools.mjs';

try {
  const programs = installPython('recipes', ['asyncssh==2.24.1', 'awscli==1.46.3', 'moto[server]==5.2.5']);
  const { failed, notRun } = await runTypeScript(join(root, 'test/recipes/play-recipes.ts'), ({ playRecipes }) => playRecipes(root, programs, (line) => process.stdout.write(`${line}\n`)));
  process.stdout.write(failed === 0 ? '\nEvery expectation that was tried held.\n' : `\n${failed} expectations did not hold.\n`);
  for (const part of notRun) process.stdout.write(`Nothing is known of: ${part}.\n`);
  if (failed > 0) process.exitCode = 1;
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
