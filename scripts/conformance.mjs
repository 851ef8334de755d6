#!/usr/bin/env node
// Runs the conformance suite from its sources: `npm run conformance -- --help`.
import { join } from 'node:path';
import { root, runTypeScript } from './run-typescript.mjs';

const terminal = { write: (text) => process.stdout.write(text), colour: process.stdout.isTTY === true && process.env.NO_COLOR === undefined, now: () => performance.now() };
process.exitCode = await runTypeScript(join(root, 'test', 'conformance', 'main.ts'), ({ main }) => main(process.argv.slice(2), root, terminal));
