#!/usr/bin/env node
// Runs the conformance suite from its sources: they are bundled first, because the Node that this repository supports reads no TypeScript.
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const outfile = join(root, '.cache', 'conformance', 'main.mjs');

mkdirSync(dirname(outfile), { recursive: true });
await build({
  entryPoints: [join(root, 'test/conformance/main.ts')],
  outfile,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  conditions: ['@sallyport/source'],
  // CommonJS dependencies inside an ES module bundle still call `require` for Node's own modules.
  banner: { js: "import { createRequire as conformanceRequire } from 'node:module'; const require = conformanceRequire(import.meta.url);" },
  logLevel: 'warning',
});
const { main } = await import(pathToFileURL(outfile).href);
process.exitCode = await main(process.argv.slice(2), root, { write: (text) => process.stdout.write(text), colour: process.stdout.isTTY === true && process.env.NO_COLOR === undefined, now: () => performance.now() });
