#!/usr/bin/env node
// Plays random stories on a simulated GitHub and looks after every step whether L1 to L9 hold: `npm run model` for 10,000 steps as CI does,
// `npm run soak -- --minutes 30` for longer. Ends with 1 and the smallest story that was found when a law was broken.
import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { root, runTypeScript } from './run-typescript.mjs';

const help = `Usage: npm run soak -- [options]

  --minutes <n>     play for so long (default: until --steps are played)
  --steps <n>       play so many steps (default 10000)
  --seed <n>        draw these stories (default: the clock's; npm run model always takes 1)
  --path <path>     play one story again, as a failure names it, in plain words
  --processes <n>   share the steps among so many processes (default: one for each core)
  --json            print the report as JSON
`;

const { values } = parseArgs({ options: { minutes: { type: 'string' }, steps: { type: 'string' }, seed: { type: 'string' }, path: { type: 'string' }, processes: { type: 'string' }, json: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } } });
if (values.help) {
  process.stdout.write(help);
  process.exit(0);
}
const main = join(root, 'test', 'model', 'main.ts');
const minutes = values.minutes === undefined ? null : whole('minutes', 1);
const options = {
  seed: values.seed === undefined ? Date.now() % 1_000_000 : whole('seed', 0),
  steps: values.steps === undefined ? (minutes === null ? 10_000 : 10_000_000) : whole('steps', 1),
  milliseconds: minutes === null ? 24 * 3_600_000 : minutes * 60_000,
  shrinkMilliseconds: 180_000,
};
const processes = values.path === undefined ? (values.processes === undefined ? availableParallelism() : whole('processes', 1)) : 1;

// What dead runs leave open may fail after their story; the model looks at what fails within one.
process.on('unhandledRejection', () => undefined);

const share = process.env.SALLYPORT_MODEL_SHARE;
if (share !== undefined) await playShare(JSON.parse(share));
else if (values.path !== undefined) await replay(values.path);
else await playAll();

async function playShare(given) {
  let told = 0;
  const onStep = ({ steps }) => {
    if (performance.now() - told < 500) return;
    told = performance.now();
    process.send({ kind: 'progress', steps });
  };
  const report = await runTypeScript(main, ({ runModel }) => runModel({ ...given, now: () => performance.now(), onStep }));
  // What a broken story left open would keep the process alive.
  process.send({ kind: 'report', report }, () => process.exit());
}

async function playAll() {
  const startedAt = performance.now();
  const counts = Array.from({ length: processes }, () => 0);
  const showProgress = process.stderr.isTTY === true;
  const reports = await Promise.all(
    counts.map((_, index) =>
      inProcess({ ...options, seed: options.seed + index * 1_000_003, steps: Math.ceil(options.steps / processes) }, (steps) => {
        counts[index] = steps;
        const done = counts.reduce((sum, one) => sum + one, 0);
        const goal = minutes === null ? `${options.steps} steps` : `${minutes} min`;
        if (showProgress) process.stderr.write(`\r${done} steps, ${Math.round((performance.now() - startedAt) / 1000)} s of ${goal}   `);
      }),
    ),
  );
  if (showProgress) process.stderr.write('\r\x1b[K');
  await runTypeScript(main, ({ neverSeen, renderFailure, renderReport }) => {
    const report = { ...sumOf(reports), milliseconds: performance.now() - startedAt };
    process.stdout.write(values.json ? `${JSON.stringify({ seed: options.seed, ...report })}\n` : `seed ${options.seed}: ${renderReport(report)}`);
    for (const { failure } of reports) if (failure !== null) process.stderr.write(`\n${renderFailure(failure)}`);
    const unseen = report.failure === null && report.steps >= 8000 ? neverSeen(report.seen) : [];
    if (unseen.length > 0) process.stderr.write(`These never came to pass, so nothing was learnt of them: ${unseen.join(', ')}. See to the weights in test/model/steps/index.ts.\n`);
    process.exitCode = report.failure === null ? 0 : 1;
  });
}

async function replay(path) {
  const report = await runTypeScript(main, async ({ runModel, renderFailure, renderReport }) => {
    const played = await runModel({ ...options, path, steps: 10_000, milliseconds: 3_600_000, shrinkMilliseconds: 0, now: () => performance.now(), onStep: () => undefined });
    process.stdout.write(played.failure === null ? `${renderReport(played)}That story breaks no law (any more).\n` : renderFailure(played.failure));
    return played;
  });
  process.exitCode = report.failure === null ? 0 : 1;
}

function inProcess(given, onProgress) {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(import.meta.url), process.argv.slice(2), { env: { ...process.env, SALLYPORT_MODEL_SHARE: JSON.stringify(given) } });
    child.on('message', (message) => (message.kind === 'report' ? resolve(message.report) : onProgress(message.steps)));
    child.on('error', reject);
    child.on('exit', (status) => reject(new Error(`The share with seed ${given.seed} ended with ${status} and without a report; its message is above.`)));
  });
}

function sumOf(reports) {
  const seen = {};
  for (const report of reports) for (const [what, times] of Object.entries(report.seen)) seen[what] = (seen[what] ?? 0) + times;
  return {
    steps: reports.reduce((sum, { steps }) => sum + steps, 0),
    stories: reports.reduce((sum, { stories }) => sum + stories, 0),
    seen: Object.fromEntries(Object.entries(seen).sort(([one], [other]) => (one < other ? -1 : 1))),
    failure: reports.find(({ failure }) => failure !== null)?.failure ?? null,
  };
}

function whole(name, least) {
  const value = Number(values[name]);
  if (Number.isSafeInteger(value) && value >= least) return value;
  process.stderr.write(`--${name} is ${values[name]}; it must be a whole number, ${least} or more.\n`);
  process.exit(2);
}
