#!/usr/bin/env node
// Asks the merge gate about a great many documents that were tampered with: `npm run fuzz -- --documents 1000000 --seconds 60 --seed 1`.
// Ends with 1 and the smallest document for each failure; the same seed finds the same again.
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { root, runTypeScript } from './run-typescript.mjs';

const { values } = parseArgs({ options: { documents: { type: 'string', default: '100000' }, seconds: { type: 'string', default: '60' }, seed: { type: 'string', default: '1' } } });
const options = { documents: whole('documents', 1), seconds: whole('seconds', 1), seed: whole('seed', 0) };

const report = await runTypeScript(join(root, 'test', 'fuzz', 'fuzz-gates.ts'), ({ fuzzGates }) => fuzzGates({ ...options, clock: () => performance.now() }));
show(report);
process.exitCode = report.failures.length === 0 ? 0 : 1;

function whole(name, least) {
  const value = Number(values[name]);
  if (Number.isSafeInteger(value) && value >= least) return value;
  console.error(`--${name} is ${values[name]}; it must be a whole number, ${least} or more.`);
  process.exit(2);
}

function show({ documents, refused, outcomes, milliseconds, failures }) {
  const decided = Object.entries(outcomes).map(([outcome, count]) => `${outcome} ${count}`).join(', ');
  console.log(`${documents} documents in ${(milliseconds / 1000).toFixed(1)} s, ${Math.round((documents / milliseconds) * 1000)} a second, seed ${options.seed}`);
  console.log(`refused when read ${refused}; decided: ${decided}`);
  for (const { seed, number, what, changes, document } of failures) console.error(`\nFailure: ${what}\n  seed ${seed}, document ${number}, made by: ${changes.join('; ')}\n  ${document}`);
  console.log(failures.length === 0 ? 'No failure.' : `${failures.length} failures.`);
}
