#!/usr/bin/env node
// Starts scripts/release.ts, because Node 20 reads no TypeScript: `npm run release -- --help`.
import { join } from 'node:path';
import { root, runTypeScript } from './run-typescript.mjs';

process.exitCode = await runTypeScript(join(root, 'scripts', 'release.ts'), ({ main }) => main(process.argv.slice(2), root));
