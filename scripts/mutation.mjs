#!/usr/bin/env node
// Changes a part of the product in thousands of small ways, one at a time, and looks whether a test goes red: `npm run mutation -- gates`, or some
// of its files: `npm run mutation -- gates merge/bind-approval.ts`. Prints the score by file and every change that no test noticed, with the verdict on
// it in test/mutation/survivors.json; ends with 1 when fewer than nine of ten were noticed. Takes the better part of an hour for a whole part.
// With --incremental what was measured is kept, and only what is new in the files or in the tests is measured again.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stryker } from '@stryker-mutator/core';
import { judgeSurvivors, renderSurvivors } from './judge-survivors.mjs';
import { root } from './run-typescript.mjs';

const leastScore = 90;
/** What each suite of test/mutation speaks for. A suite of a part starts quicker than one of the whole, thousands of times. */
const sources = { gates: ['packages/gates/src'], calendar: ['packages/calendar/src', '!packages/calendar/src/icalendar/**'], icalendar: ['packages/calendar/src/icalendar'] };
const suites = Object.keys(sources);

const words = process.argv.slice(2);
const options = ['--tables', '--incremental'];
const [withTables, incremental] = options.map((option) => words.includes(option));
const [name, ...files] = words.filter((word) => !options.includes(word));
if (!suites.includes(String(name))) stop(`Say what: ${suites.join(', ')}. Files of its folder may follow, and ${options.join(' and ')}.`);
const [source, ...without] = sources[name];
const missing = files.filter((file) => !existsSync(join(root, source, file)));
if (missing.length > 0) stop(`There is no ${missing.map((file) => join(source, file)).join(', ')}.`);

const cache = 'node_modules/.cache/mutation';
const report = `${cache}/${name}.json`;
process.env['SALLYPORT_MUTATED'] = name;
// Vitest writes no kept texts where CI is set, and the first run has to.
delete process.env['CI'];
const results = await new Stryker({
  mutate: files.length > 0 ? files.map((file) => join(source, file)) : [`${source}/**/*.ts`, `!${source}/**/*.test.ts`, `!${source}/**/*.fixture.ts`, `!${source}/**/generated/**`, `!${source}/testing/**`, ...without],
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner', './test/mutation/sentences.mjs'],
  ignorers: ['sentences'],
  vitest: { configFile: 'test/mutation/vitest.config.ts', related: false },
  coverageAnalysis: 'perTest',
  incremental,
  incrementalFile: `${cache}/${name}-known.json`,
  // A busy machine must not look like a loop without end: a change counts as noticed when its tests are still running after this long.
  timeoutMS: 15_000,
  // What runs once when a module is read (schemas, tables of words) needs every test for each change: with --tables it is changed too, for an hour more.
  ignoreStatic: !withTables,
  reporters: ['clear-text', 'json', process.stdout.isTTY ? 'progress' : 'progress-append-only'],
  jsonReporter: { fileName: report },
  clearTextReporter: { allowColor: process.stdout.isTTY === true, allowEmojis: false, logTests: false, reportTests: false, reportMutants: false, skipFull: true },
  tempDirName: `${cache}/sandbox`,
  ignorePatterns: ['dist', '.turbo'],
  thresholds: { high: 100, low: leastScore, break: leastScore },
  allowConsoleColors: process.stdout.isTTY === true,
}).runMutationTest();
if (results.length === 0) stop('Nothing was changed.');
process.stdout.write(`${renderSurvivors(judgeSurvivors(JSON.parse(readFileSync(join(root, report), 'utf8'))))}\n`);

function stop(text) {
  process.stderr.write(`sallyport: ${text}\n`);
  process.exit(2);
}
