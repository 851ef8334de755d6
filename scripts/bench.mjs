#!/usr/bin/env node
// Runs the measurements of test/bench, all or those named: `npm run bench -- merge-decision --json`. Each is a module whose
// default export resolves to rows. Prints a table, or with --json the rows; ends with 1 when a budget is exceeded.
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const benchFolder = join(root, 'test', 'bench');
const suffix = '.bench.ts';

const words = process.argv.slice(2);
const asJson = words.includes('--json');
const wanted = words.filter((word) => !word.startsWith('--'));
const there = readdirSync(benchFolder).filter((file) => file.endsWith(suffix)).map((file) => basename(file, suffix));
const unknown = [...wanted.filter((name) => !there.includes(name)), ...words.filter((word) => word.startsWith('--') && word !== '--json')];
if (unknown.length > 0) stop(`There is no measurement or option ${unknown.join(', ')}; there are ${there.join(', ')} and --json.`);

const rows = await measure(wanted.length === 0 ? there : wanted);
process.stdout.write(asJson ? `${JSON.stringify(rows, null, 2)}\n` : table(rows));
if (rows.some(({ ok }) => ok === false)) process.exitCode = 1;

/** Bundled first: Node 20 reads no TypeScript. Beside the dependencies, so that what is not bundled is found. */
async function measure(names) {
  mkdirSync(join(root, 'node_modules', '.cache'), { recursive: true });
  const outdir = mkdtempSync(join(root, 'node_modules', '.cache', 'sallyport-bench-'));
  try {
    await build({
      entryPoints: names.map((name) => join(benchFolder, `${name}${suffix}`)),
      outdir,
      outExtension: { '.js': '.mjs' },
      bundle: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      conditions: ['@sallyport/source'],
      // CommonJS dependencies inside an ES module bundle still call `require` for Node's own modules.
      banner: { js: "import { createRequire as sallyportCreateRequire } from 'node:module'; const require = sallyportCreateRequire(import.meta.url);" },
      logLevel: 'warning',
    });
    const measured = [];
    // One after another: they would disturb each other.
    for (const name of names) {
      process.stderr.write(`measuring ${name}\n`);
      const { default: run } = await import(pathToFileURL(join(outdir, `${name}.bench.mjs`)).href);
      measured.push(...(await run()).map((row) => ({ measurement: name, ...row })));
    }
    return measured;
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

function table(rows) {
  const number = (value) => (value === null ? '' : value.toLocaleString('en-US'));
  const cells = [['what', 'measured', 'budget', ''], ...rows.map(({ name, value, unit, budget, ok }) => [name, `${number(value)} ${unit}`, number(budget), ok === null ? '' : ok ? 'within' : 'over'])];
  const widths = [0, 1, 2].map((column) => Math.max(...cells.map((line) => line[column].length)));
  return cells.map((line) => line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd()).join('\n').concat('\n');
}

function stop(text) {
  process.stderr.write(`sallyport: ${text}\n`);
  process.exit(2);
}
