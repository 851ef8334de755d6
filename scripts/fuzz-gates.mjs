#!/usr/bin/env node
// Asks the merge gate about a great many documents that were tampered with: `npm run fuzz -- --documents 1000000 --seconds 60 --seed 1`.
// Ends with 1 and the smallest document for each failure; the same seed finds the same again.
import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { root, runTypeScript } from './run-typescript.mjs';

const { values } = parseArgs({ options: { documents: { type: 'string', default: '100000' }, seconds: { type: 'string', default: '60' }, seed: { type: 'string', default: '1' } } });
const options = { documents: whole('documents', 1), seconds: whole('seconds', 1), seed: whole('seed', 0) };

// One process for each core, each with its share of the documents.
const share = process.env.SALLYPORT_FUZZ_SHARE;
if (share === undefined) {
  const report = sumOf(await Promise.all(Array.from({ length: availableParallelism() }, (_, rest) => inProcess({ rest, of: availableParallelism() }))));
  show(report);
  process.exitCode = report.failures.length === 0 ? 0 : 1;
} else {
  const report = await runTypeScript(join(root, 'test', 'fuzz', 'fuzz-gates.ts'), ({ fuzzGates }) => fuzzGates({ ...options, share: JSON.parse(share), clock: () => performance.now() }));
  process.send(report, () => process.disconnect());
}

function inProcess(share) {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(import.meta.url), process.argv.slice(2), { env: { ...process.env, SALLYPORT_FUZZ_SHARE: JSON.stringify(share) } });
    child.on('message', resolve);
    child.on('error', reject);
    child.on('exit', (status) => reject(new Error(`Share ${share.rest} of ${share.of} ended with ${status} and without a report, so nothing is known of its documents; its message is above.`)));
  });
}

function sumOf(reports) {
  const sum = (of) => reports.reduce((total, report) => total + of(report), 0);
  const [first] = reports;
  return {
    documents: sum(({ documents }) => documents),
    refused: sum(({ refused }) => refused),
    outcomes: Object.fromEntries(Object.keys(first.outcomes).map((outcome) => [outcome, sum(({ outcomes }) => outcomes[outcome])])),
    milliseconds: Math.max(...reports.map(({ milliseconds }) => milliseconds)),
    failures: reports.flatMap(({ failures }) => failures),
  };
}

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
