#!/usr/bin/env node
// Plants one fault of test/model/faults.ts after the other in a bundle of the product, and shows in how many steps the model finds it:
// `npm run model:faults`, or with a piece of some faults' names each. Ends with 1 when one is not found, or breaks another law than it should.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { root, runTypeScript } from './run-typescript.mjs';

const mostSteps = 4000;
const words = process.argv.slice(2);
const main = join(root, 'test', 'model', 'main.ts');
const all = await runTypeScript(main, ({ faults }) => faults);
const chosen = all.filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)));
if (chosen.length === 0) throw new Error(`No fault is called ${words.join(' ')}; there are: ${all.map(({ name }) => name).join('; ')}.`);

// What dead runs leave open may fail after their story; the model looks at what fails within one.
process.on('unhandledRejection', () => undefined);
let missed = 0;
process.stdout.write('| fault | law | steps until found | s |\n|---|---|---|---|\n');
for (const fault of chosen) {
  const { failure, stepsToFailure, milliseconds, steps } = await playWith(fault);
  const found = failure !== null && fault.laws.includes(failure.law);
  if (!found) missed += 1;
  process.stdout.write(`| ${fault.name} | ${failure === null ? `**not found in ${steps} steps**` : found ? failure.law : `**${failure.message}**`} | ${stepsToFailure ?? ''} | ${Math.round(milliseconds / 1000)} |\n`);
}
process.exitCode = missed === 0 ? 0 : 1;

async function playWith(fault) {
  const planted = new Set();
  const report = await runTypeScript(main, ({ runModel }) => runModel({ seed: 1, steps: mostSteps, milliseconds: 30 * 60_000, shrinkMilliseconds: 0, now: () => performance.now(), onStep: () => undefined }), { plugins: [plant(fault, planted)] });
  if (planted.size !== new Set(fault.changes.map(({ file }) => file)).size) throw new Error(`“${fault.name}” was not planted: the model does not reach ${fault.changes.map(({ file }) => file).join(', ')}.`);
  return report;
}

function plant({ name, changes }, planted) {
  return {
    name: 'plant',
    setup(build) {
      build.onLoad({ filter: /\.ts$/ }, ({ path }) => {
        const here = changes.filter(({ file }) => join(root, file) === path);
        if (here.length === 0) return null;
        let contents = readFileSync(path, 'utf8');
        for (const { file, from, to } of here) {
          if (contents.split(from).length !== 2) throw new Error(`“${name}” cannot be planted: ${file} does not hold this text exactly once any more: ${from}`);
          contents = contents.replace(from, () => to);
        }
        planted.add(path);
        return { contents, loader: 'ts' };
      });
    },
  };
}
