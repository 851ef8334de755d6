#!/usr/bin/env node
// Set-up and start in one, for a machine that has Node and git and nothing else: no imports but Node's own.
// Everything it says goes to standard error, so that `--json` on standard output stays clean.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const [task = 'setup', ...rest] = process.argv.slice(2);

const tasks = {
  setup: () => {},
  start: () => run(process.execPath, [join(root, 'packages/cli/dist/sallyport.mjs'), 'demo', ...rest]),
  test: () => run(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), 'run', ...rest]),
};

checkMachine();
install();
build();
tasks[task]();

function checkMachine() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) stop(`Node ${process.versions.node} is too old: Sallyport needs 20.19 or later. Install it from https://nodejs.org and run this again.`);
  const git = spawnSync('git', ['--version'], { encoding: 'utf8' });
  if (git.status !== 0) stop('git was not found. Sallyport works on real git repositories: install git 2.38 or later and run this again.');
  if (!(task in tasks)) stop(`There is no task "${task}"; there are ${Object.keys(tasks).join(', ')}.`);
}

/** `npm ci`, once for each lock file. */
function install() {
  const stamp = join(root, 'node_modules/.sallyport-installed');
  const wanted = createHash('sha256').update(readFileSync(join(root, 'package-lock.json'))).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  say('installing dependencies (npm ci)');
  const npm = process.env.npm_execpath;
  const [command, args] = npm === undefined ? ['npm', []] : [process.execPath, [npm]];
  const installed = spawnSync(command, [...args, 'ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root, stdio: ['ignore', 2, 2] });
  if (installed.status !== 0) stop('npm ci failed; its message is above. Check the network to your npm registry and run this again.');
  writeFileSync(stamp, wanted);
}

/** The bundles of the actions and the command; turbo skips what has not changed. */
function build() {
  const turbo = join(root, 'node_modules/turbo/bin/turbo');
  const built = spawnSync(process.execPath, [turbo, 'run', 'bundle', '--output-logs=errors-only', '--log-order=grouped'], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1', TURBO_NO_UPDATE_NOTIFIER: '1' },
  });
  if (built.status !== 0) stop(`Building failed:\n${built.stdout}${built.stderr}`);
}

function run(command, args) {
  const child = spawn(command, args, { cwd: root, stdio: 'inherit' });
  // Ctrl-C reaches the child too; it cleans up, and the prompt comes back when that is done.
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => stop(`${command} could not be started: ${error.message}`));
  child.on('exit', (status) => {
    process.exitCode = status ?? 1;
  });
}

function say(text) {
  process.stderr.write(`sallyport: ${text}\n`);
}

function stop(text) {
  say(text);
  process.exit(2);
}
