#!/usr/bin/env node
// Plays the story of `npm start` on this Node and makes every decision of its ledger again on this one and on each of `others`, in three time
// zones: `npm run replay:nodes`. The other Nodes come from the npm registry, of exactly these versions, and are kept in node_modules/.cache.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { root } from './run-typescript.mjs';

const others = ['22.23.5', '24.22.3'];

const nodes = others.map(install);
for (const { version, node } of nodes) {
  const said = spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim();
  if (said !== `v${version}`) throw new Error(`${node} should be Node ${version} and says ${said === '' ? 'nothing' : said}.`);
}
process.stdout.write(`Made again on Node ${[process.versions.node, ...others].join(', ')}.\n`);
const { status } = run('npx', ['vitest', 'run', 'test/acceptance/story.test.ts', '-t', 'with replay'], { ...process.env, SALLYPORT_NODES: nodes.map(({ node }) => node).join(delimiter) });
process.exitCode = status ?? 1;

function install(version) {
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const folder = join(root, 'node_modules', '.cache', 'nodes', version);
  const node = join(folder, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(node)) return { version, node };
  mkdirSync(folder, { recursive: true });
  // A package of its own, so that npm looks no further up and changes nothing there.
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  const { status } = run('npm', ['install', '--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock', '--silent', `${name}@${version}`], process.env);
  if (status !== 0) throw new Error(`Node ${version} could not be installed from the npm registry (${name}).`);
  return { version, node };
}

function run(command, args, env) {
  return spawnSync(command, args, { cwd: root, env, stdio: 'inherit' });
}
