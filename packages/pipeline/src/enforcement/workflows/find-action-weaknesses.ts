import { found, together } from '../weakness.ts';
import type { Findings } from '../weakness.ts';
import { lineOf } from './read-workflow.ts';
import type { Workflow, WorkflowStep } from './read-workflow.ts';

/** What a workflow runs that it should not. */
export const findActionWeaknesses = (workflow: Workflow): Findings => together([findUnpinned(workflow), findStrangersCode(workflow), findInjections(workflow)]);

/** A tag or branch can be moved by whoever gets into the action's repository; a commit cannot. */
function findUnpinned({ path, text, jobs }: Workflow): Findings {
  const used = new Set(jobs.flatMap(({ uses, steps }) => [uses, ...steps.map((step) => step.uses)]).filter((uses) => uses !== null));
  // `./` is this repository at this commit, and `$/` that of the workflow which is called.
  const unpinned = [...used].filter((uses) => !uses.startsWith('./') && !uses.startsWith('$/') && !isPinned(uses));
  return together(unpinned.map((uses) => found({ code: 'action-unpinned', where: path, message: `${uses} is not pinned to a commit.`, next: 'Write the full commit behind the @, and the version as a comment.', file: { path, line: lineOf(text, uses) } })));
}

const isPinned = (uses: string): boolean => (uses.startsWith('docker://') ? /@sha256:[0-9a-f]{64}$/.test(uses) : /@[0-9a-f]{40}$/.test(uses));

/** Triggers that run the default branch's file with its rights, for something that a stranger began. */
const trusted = new Set(['pull_request_target', 'workflow_run', 'issue_comment', 'issues']);

/** GitHub Security Lab, “Keeping your GitHub Actions and workflows secure, part 1: preventing pwn requests”. */
const strangersRef = /github\.event\.pull_request\.head|github\.head_ref|github\.event\.workflow_run\.head_(?:sha|branch|commit|repository)|refs\/pull\/|github\.event\.pull_request\.merge_commit_sha/;

function findStrangersCode({ path, text, triggers, jobs }: Workflow): Findings {
  const trigger = triggers.find((one) => trusted.has(one));
  if (trigger === undefined) return together([]);
  const steps = jobs.flatMap((job) => job.steps.filter((step) => checksOutStranger(step)));
  return together(steps.map((step) => found({ code: 'dangerous-trigger', where: path, message: `It starts on ${trigger}, with the rights of the default branch, and checks out what a pull request brings.`, next: 'Do what needs rights and what runs the code in two workflows: pull_request without rights, and workflow_run without the code.', file: { path, line: lineOf(text, firstLine(step.with['ref'] ?? step.run)) } })));
}

const firstLine = (given: unknown): string => (typeof given === 'string' ? (given.split('\n')[0] ?? '') : '');

const checksOutStranger = ({ uses, with: given, run }: WorkflowStep): boolean =>
  (uses?.startsWith('actions/checkout@') === true && [given['ref'], given['repository']].some((value) => typeof value === 'string' && strangersRef.test(value))) || (run !== null && /gh pr checkout|git (?:fetch|checkout)[^\n]*(?:refs\/pull|head)/i.test(run) && strangersRef.test(run));

/** What others write: GitHub Docs, “Script injections”: contexts that end so, and the branch of a pull request. */
const strangersWords = /\$\{\{[^}]*(?:github\.event\.[\w.[\]*'"-]*\b(?:body|default_branch|email|head_ref|label|message|name|page_name|ref|title)\b|github\.head_ref)[^}]*\}\}/;

function findInjections({ path, text, jobs }: Workflow): Findings {
  const scripts = jobs.flatMap(({ steps }) => steps.flatMap(({ run, uses, with: given }) => [run, uses?.startsWith('actions/github-script@') === true ? given['script'] : null]));
  const injected = scripts.flatMap((script) => (typeof script === 'string' ? (strangersWords.exec(script) ?? []) : []));
  return together(injected.map((expression) => found({ code: 'script-injection', where: path, message: `${expression} is put into a script as it is written: whoever writes it writes the script.`, next: 'Hand it over by `env:` and use the variable, in quotes.', file: { path, line: lineOf(text, expression) } })));
}
