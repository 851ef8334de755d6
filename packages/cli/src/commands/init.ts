import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parsePolicy } from '@sallyport/policy';
import { createTwoFilesPatch } from 'diff';
import { compareFiles, writeDraft } from '../init/compare-files.ts';
import type { Compared } from '../init/compare-files.ts';
import { draftPolicy } from '../init/draft-policy.ts';
import { draftWorkflows, unpinned } from '../init/draft-workflows.ts';
import type { Draft, Sources } from '../init/draft-workflows.ts';
import { gatherAnswers } from '../init/gather-answers.ts';
import type { InitOptions } from '../init/gather-answers.ts';
import type { Answers } from '../init/answers.ts';
import { lookAround } from '../init/look-around.ts';
import { repin } from '../init/pins.ts';
import type { Pin } from '../init/pins.ts';
import { confirm } from '../confirm.ts';
import { InputError } from '../input-error.ts';
import type { ExitCode, Io } from '../io.ts';
import { defaultPolicyFile } from '../policy-file.ts';
import { plain, plainLines } from '../render/plain.ts';
import { withExamples } from './register.ts';
import type { Register } from './register.ts';

type Options = InitOptions & { readonly dryRun?: boolean; readonly overwrite?: boolean; readonly json?: boolean };

/** `left`: it differs from the draft, and was not to be replaced. `pinned`: the same, but it names the commit that was asked for now. */
type Written = { readonly path: string; readonly state: 'written' | 'same' | 'left' | 'pinned' | 'would-write' };

/** Writes policy, workflows and issue form into the repository of the current folder. What is there is never replaced unseen. */
async function init(io: Io, options: Options): Promise<ExitCode> {
  const surroundings = await lookAround(io.cwd);
  if (surroundings === null) throw new InputError('The current folder is in no git repository.', { next: 'Go into your clone, or begin one with `git init`.' });
  const answers = await gatherAnswers(io, options, surroundings);
  const compared = await compareFiles(surroundings.root, await drafts(io.demoFolder, answers));
  const written: Written[] = [];
  for (const one of compared) written.push({ path: one.path, state: await settle(io, { ...options, root: surroundings.root, pinTo: answers.release.pin }, one) });
  io.stdout(options.json === true ? `${JSON.stringify({ schema: 1, repository: `${answers.repository.owner}/${answers.repository.name}`, tests: answers.tests, untold: answers.untold, files: written })}\n` : `${report(io, answers, written, compared.some(({ text }) => text.includes(unpinned)))}\n`);
  return 0;
}

async function drafts(folder: string, answers: Answers): Promise<readonly Draft[]> {
  const policy = { path: defaultPolicyFile, text: draftPolicy(answers) };
  const parsed = parsePolicy(policy.text, { file: policy.path });
  if (!parsed.ok) throw new Error(`The policy that was drafted is not valid: ${parsed.problems.map(({ message }) => message).join('; ')}`);
  const form = { path: '.github/ISSUE_TEMPLATE/sallyport-override.yml', text: await readFile(join(folder, 'issue-forms/sallyport-override.yml'), 'utf8') };
  return [policy, ...draftWorkflows(await readSources(join(folder, 'workflows')), answers), ...(answers.securityLeads === null ? [] : [form])];
}

async function readSources(folder: string): Promise<Sources> {
  const names = [...(await readdir(folder)).filter((name) => name.endsWith('.yml')), 'callers/audit.yml'];
  return new Map(await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const)));
}

async function settle(io: Io, { root, pinTo, ...options }: Options & { readonly root: string; readonly pinTo: Pin | null }, one: Compared): Promise<Written['state']> {
  if (one.state === 'same') return 'same';
  if (one.state === 'differs') io.stderr(`${difference(io, one)}\n`);
  if (options.dryRun === true) return 'would-write';
  const kept = one.now === null || pinTo === null ? one.now : repin(one.now, pinTo);
  if (one.state === 'differs' && kept !== null && kept !== one.text && !(await mayReplace(io, options, one))) {
    if (kept === one.now) return 'left';
    await writeDraft(root, { path: one.path, text: kept });
    return 'pinned';
  }
  await writeDraft(root, one);
  return 'written';
}

async function mayReplace(io: Io, { overwrite, yes }: Options, { path }: Compared): Promise<boolean> {
  if (overwrite === true) return true;
  if (!io.isTerminal || yes === true) return false;
  return confirm(io, `Replace ${path} as shown?`);
}

/** What is there against what would be written. */
function difference({ colors }: Io, { path, now, text }: Compared): string {
  const patch = plainLines(createTwoFilesPatch(`${path} (now)`, `${path} (drafted)`, now ?? '', text, undefined, undefined, { context: 2 }));
  return patch.split('\n').slice(1).map((line) => (line.startsWith('+') ? colors.green(line) : line.startsWith('-') ? colors.red(line) : line)).join('\n');
}

const words: Readonly<Record<Written['state'], string>> = { written: 'written', same: 'as it should be', left: 'left as it is', pinned: 'pinned to the commit, and otherwise left as it is', 'would-write': 'would be written' };

const pinStep = ({ version }: Io, { release }: Answers, toBePinned: boolean): string => {
  if (toBePinned) return 'Put the commit of the Sallyport release that you adopt in place of the forty zeros in the workflows: `sallyport init --pin <commit>` does it, and leaves the rest as it is.';
  const { pin } = release;
  if (pin !== null) return `The workflows take Sallyport from ${pin.copy === null ? 'its commit' : `${pin.copy}, commit`} ${pin.commit}: see that it is the one you mean.`;
  return `See that the commit which the workflows name for Sallyport is ${release.version === null ? 'the one you mean' : `that of its release ${version}`}.`;
};

/** What of the tests the person has to settle, because the files do not. */
function unsettled({ untold, testWorkflows }: Answers): readonly string[] {
  const filtered = testWorkflows.filter(({ filtersPaths }) => filtersPaths);
  return [
    ...(untold.length === 0 ? [] : ['Not among the tests of the draft, because the checks cannot be told from the file:', ...untold.map((one) => `  ${plain(one)}`), 'If one of them is a test, add it under merge.tests by the name that GitHub shows on a pull request.', '']),
    ...(filtered.length === 0 ? [] : [`Path filters keep ${filtered.map(({ path }) => plain(path)).join(', ')} from some pull requests, and a required test that never comes is waited for.`, 'Take the filters out, or give its tests `paths` under merge.tests.', '']),
  ];
}

function report(io: Io, answers: Answers, written: readonly Written[], toBePinned: boolean): string {
  const { colors } = io;
  const left = written.some(({ state }) => state === 'left' || state === 'pinned');
  const hasNoWayAround = answers.securityLeads === null && written.some(({ path, state }) => path === defaultPolicyFile && state === 'written');
  return [
    ...written.map(({ path, state }) => `${state === 'left' || state === 'pinned' ? colors.yellow('!') : colors.green('✓')} ${path}: ${words[state]}`),
    '',
    ...(left ? ['What was left differs from the draft, as shown above: take over by hand what you want of it. --overwrite replaces it with the draft, and your own changes are gone.', ''] : []),
    ...unsettled(answers),
    ...(hasNoWayAround ? ['No team approves urgent fixes, so nothing goes to production outside its window. Name one with --security-leads, or under `overrides` in the policy.', ''] : []),
    'Next:',
    '  1. Look through the files; `sallyport policy check` and `sallyport window calendar` show what the policy says.',
    `  2. ${answers.deploy === './deploy.sh' ? 'Write deploy.sh' : 'See that the deploy command does its work'}: it gets ARCHIVE, VERSION and ENVIRONMENT, and has to end only when that version answers healthily.`,
    `  3. ${pinStep(io, answers, toBePinned)}`,
    `  4. \`sallyport setup app\` makes the App and its keys. Then commit all of it to ${answers.branch}, push it, and let \`sallyport setup plan\` say what is missing on GitHub.`,
  ].join('\n');
}

export const registerInit: Register = (parent, run) => {
  const command = parent
    .command('init')
    .option('--repo <owner/name>', 'the repository (default: GITHUB_REPOSITORY, else the git remote origin)')
    .option('--tests <checks>', 'the checks that have to pass, with commas between (default: every job of the workflows on pull requests whose checks can be told from the file)')
    .option('--security-leads <organisation/team>', 'who approves urgent releases outside the window (default: nobody, and there are none)')
    .option('--build <command>', 'builds what is released (default: the script "build" of package.json, else the committed files are packed)')
    .option('--output <folder>', 'where the build leaves it (default: dist)')
    .option('--deploy <command>', 'deploys $ARCHIVE as $VERSION to $ENVIRONMENT (default: ./deploy.sh)')
    .option('--no-provenance', 'builds are not signed; for private repositories below Enterprise Cloud, where GitHub does not sign')
    .option('--pin <[owner/name@]commit>', 'the commit of Sallyport, or of your copy of it, that the workflows name, put into those that are there as well (default: that of the release which this command came with)')
    .option('-y, --yes', 'ask nothing')
    .option('--dry-run', 'write nothing, show what would be written')
    .option('--overwrite', 'replace files that differ, after showing how')
    .option('--json', 'print JSON')
    .summary('write policy and workflows into this repository')
    .description('Writes .github/sallyport.yml, the workflows and the issue form for overrides into the repository of the current folder, from what it finds there. Files that differ are shown and left, unless you say so.');
  withExamples(command, 'sallyport init', "sallyport init --yes --security-leads acme/security-leads --deploy './deploy.sh'").action((options: Options) => run((io) => init(io, options)));
};
