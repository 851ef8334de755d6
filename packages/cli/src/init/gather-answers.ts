import { InputError } from '../input-error.ts';
import type { Io } from '../io.ts';
import { plain } from '../render/plain.ts';
import { findRepository, parseRepository } from '../repository.ts';
import type { Answers } from './answers.ts';
import type { Surroundings } from './look-around.ts';
import type { Pin } from './pins.ts';
import type { WorkflowCheck, WorkflowReading } from './workflow-checks.ts';

export type InitOptions = {
  readonly repo?: string;
  readonly tests?: string;
  readonly securityLeads?: string;
  readonly build?: string;
  readonly output?: string;
  readonly deploy?: string;
  readonly provenance: boolean;
  readonly pin?: string;
  readonly yes?: boolean;
};

/** From the options, then from the folder, then from the person at the terminal. Throws InputError for what cannot be used, or is not said. */
export async function gatherAnswers(io: Io, options: InitOptions, { root, defaultBranch, workflows, node, ...found }: Surroundings): Promise<Answers> {
  const ask = io.isTerminal && options.yes !== true ? (question: string) => io.ask(question) : null;
  const repository = await findRepository({ env: io.env, cwd: root }, options.repo);
  const candidates = workflows.filter(({ onPullRequest }) => onPullRequest);
  const untold = [...candidates.flatMap((one) => one.untold), ...found.unreadable.map((path) => `${path} is no workflow that can be read`)];
  const wanted = namesIn(options.tests ?? (await ask?.(testsQuestion(candidates))) ?? '');
  const tests = chooseTests(candidates, wanted, untold);
  const securityLeads = parseTeam(options.securityLeads ?? (await ask?.('Which team approves urgent releases outside the window? organisation/team, or nothing for none: ')) ?? '');
  const suggested = node?.scripts.includes('build') === true ? `${node.manager} run build` : '';
  const command = (options.build ?? (await ask?.(`Which command builds? ${suggested === '' ? 'Nothing packs the files as they are committed' : `Enter for "${suggested}"`}: `)) ?? '').trim() || suggested;
  const output = command === '' ? '' : parseFolder((options.output ?? (await ask?.('Into which folder? Enter for "dist": ')) ?? '').trim() || 'dist');
  const deploy = (options.deploy ?? (await ask?.(`Which command deploys $ARCHIVE as $VERSION to $ENVIRONMENT, and ends only when it is healthy? Enter for "${defaultDeploy}": `)) ?? '').trim() || defaultDeploy;
  const testWorkflows = candidates.filter(({ path }) => tests.some(({ workflow }) => workflow === path));
  return { repository, branch: defaultBranch, tests, untold: wanted.length === 0 ? untold : [], testWorkflows, securityLeads, node, build: command === '' ? null : { command, output }, deploy, provenance: options.provenance, release: { pin: parsePin(options.pin), version: io.version === unpublished ? null : io.version } };
}

const defaultDeploy = './deploy.sh';

/** What a clone calls itself. */
const unpublished = '0.0.0';

const testsQuestion = (candidates: readonly WorkflowReading[]): string =>
  `Which checks have to pass before a merge? Enter for all of: ${candidates.flatMap(({ checks }) => checks.map(({ check }) => plain(check))).join(', ') || 'none'}: `;

const namesIn = (text: string): readonly string[] => text.split(',').map((name) => name.trim()).filter((name) => name !== '');

function chooseTests(candidates: readonly WorkflowReading[], names: readonly string[], untold: readonly string[]): readonly WorkflowCheck[] {
  const all = candidates.flatMap(({ checks }) => checks);
  const missing = names.filter((name) => !all.some(({ check }) => check === name));
  const known = all.length === 0 ? 'No workflow here gives a pull request a check that can be told from its file' : `There are: ${all.map(({ check }) => plain(check)).join(', ')}`;
  const left = untold.length === 0 ? '' : ` Not told: ${untold.map(plain).join('; ')}.`;
  if (missing.length > 0) throw new InputError(`No workflow on pull requests has the check ${missing.map((name) => `"${plain(name)}"`).join(', ')}. ${known}.${left}`, { next: 'Name checks as GitHub shows them on a pull request, with commas between.' });
  if (all.length === 0) throw new InputError(`${known}, and without a test nothing could be required.${left}`, { next: 'Add .github/workflows/ci.yml with `on: pull_request` and a job that runs your tests, and run this again.' });
  return names.length === 0 ? all : all.filter(({ check }) => names.includes(check));
}

function parseTeam(text: string): string | null {
  const team = text.trim().replace(/^@/, '');
  if (team === '' || team === 'none') return null;
  if (/^[A-Za-z0-9][A-Za-z0-9-]{0,38}\/[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$/.test(team)) return team;
  throw new InputError(`"${plain(text)}" is not a team.`, { next: 'Write organisation/team, for example acme/security-leads.' });
}

/** A commit, or `owner/name@` and a commit of that copy. */
function parsePin(text: string | undefined): Pin | null {
  if (text === undefined) return null;
  const at = text.lastIndexOf('@');
  const [copy, commit] = [at === -1 ? null : parseRepository(text.slice(0, at), '--pin'), text.slice(at + 1)];
  if (/^[0-9a-f]{40}$/.test(commit)) return { copy: copy === null ? null : `${copy.owner}/${copy.name}`, commit };
  throw new InputError(`--pin is "${plain(text)}", which is not a whole commit.`, { next: 'Write all 40 digits, in small letters, and owner/name@ before them for a copy of Sallyport: GitHub runs nothing that is pinned to less.' });
}

function parseFolder(text: string): string {
  const folder = text.replace(/\/+$/, '');
  if (folder !== '' && !folder.startsWith('/') && !folder.startsWith('-') && !folder.split('/').includes('..') && /^[\w. /@+-]+$/.test(folder)) return folder;
  throw new InputError(`"${plain(text)}" is not a folder of this repository.`, { next: 'Write it from the top of the repository, for example dist.' });
}
