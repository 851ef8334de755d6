#!/usr/bin/env node
// Runs the measurements of test/bench, all or those named: `npm run bench -- merge-decision --json`. Each is a module whose
// default export resolves to rows. Prints a table, or with --json the rows; ends with 1 when a budget is exceeded.
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { root, runTypeScript } from './run-typescript.mjs';

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

/** One after another: they would disturb each other. */
async function measure(names) {
  const measured = [];
  for (const name of names) {
    process.stderr.write(`measuring ${name}\n`);
    const found = await runTypeScript(join(benchFolder, `${name}${suffix}`), ({ default: run }) => run());
    measured.push(...found.map((row) => ({ measurement: name, ...row })));
  }
  return measured;
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
