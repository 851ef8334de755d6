#!/usr/bin/env node
// Runs the workflows that `sallyport init` writes, each by act (github.com/nektos/act) in host mode, against the simulated GitHub: a pull
// request's tests, the merge gate, the build, a tick of the gatekeeper, the deploy. act is installed where it is not yet, with Go.
import { join } from 'node:path';
import process from 'node:process';
import { root, runTypeScript } from './run-typescript.mjs';
import { installGo } from './tools.mjs';

try {
  const act = installGo('act', 'github.com/nektos/act', 'v0.2.89');
  await runTypeScript(join(root, 'test/act/story.ts'), ({ playStory }) => playStory(root, act, (line) => process.stdout.write(`${line}\n`)));
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
