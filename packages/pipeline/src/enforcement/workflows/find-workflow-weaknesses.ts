import type { Context } from '../context.ts';
import type { WorkflowFile } from '../enforcement.ts';
import { found, notSeen, nothingFound, together } from '../weakness.ts';
import type { Findings } from '../weakness.ts';
import { keeperEnvironment, keeperSecrets } from '../wanted-enforcement.ts';
import { findActionWeaknesses } from './find-action-weaknesses.ts';
import { lineOf, readWorkflow } from './read-workflow.ts';
import type { Workflow, WorkflowJob } from './read-workflow.ts';

/** Workflows that let strangers in, and those that Sallyport needs and that are not there. */
export function findWorkflowWeaknesses(context: Context): Findings {
  const { workflows, environments } = context.enforcement;
  if (workflows.state === 'hidden') return notSeen('workflow files', workflows.why, { lock: true });
  const readings = workflows.value.flatMap(({ path, text }) => (text === null ? [] : [{ path, workflow: readWorkflow(path, text) }]));
  const read = readings.flatMap(({ workflow }) => workflow ?? []);
  const names = environments.state === 'hidden' ? null : environments.value.map(({ name }) => name.toLowerCase());
  return together([
    findNamed(context, workflows.value),
    findOwn(read, workflows.value),
    findDeploys(context, read),
    ...readings.map(({ path, workflow }) => (workflow === null ? notSeen(path, 'it is no workflow that can be read here, so that nobody looked at what it does', { lock: true }) : nothingFound)),
    ...read.map((workflow) => together([findActionWeaknesses(workflow), findStrayKeys(workflow), names === null ? nothingFound : findUnknownEnvironments(workflow, names)])),
  ]);
}

/** The workflows that the policy names are there and turned on. */
function findNamed({ policy }: Context, files: readonly WorkflowFile[]): Findings {
  const { tests } = policy.merge;
  const named = new Set([...tests.flatMap((test) => (test.from === 'workflow' ? [test.workflow] : [])), policy.build.workflow, ...policy.environments.flatMap(({ workflow, health }) => [workflow, ...(health === undefined ? [] : [health.workflow])])]);
  return together(
    [...named].map((path) => {
      const file = files.find((one) => one.path === path);
      if (file === undefined || file.text === null) return found({ code: 'workflow-missing', where: path, message: 'The policy names it, and the default branch does not have it.', next: 'Write it (`sallyport init` drafts those of Sallyport), or correct the policy.' });
      return isOff(file) ? off(file) : nothingFound;
    }),
  );
}

const isOff = ({ state }: WorkflowFile): boolean => state !== 'active';

const off = ({ path, state }: WorkflowFile): Findings =>
  found({ code: 'workflow-off', where: path, message: `It is turned off (${state})${state === 'disabled_inactivity' ? ', as GitHub does with a schedule after sixty days without activity' : ''}.`, next: `Turn it on: gh workflow enable ${path.slice(path.lastIndexOf('/') + 1)}` });

const usesAction = (workflow: Workflow, action: string): boolean => workflow.jobs.some(({ steps }) => steps.some(({ uses }) => isOurs(uses, action)));

/** The actions of Sallyport, in the repository of that name or in a fork of it. */
const isOurs = (uses: string | null, action: string): boolean => uses?.includes(`/packages/actions/${action}@`) === true;

const callsOurs = (workflow: Workflow, name: string): boolean => workflow.jobs.some((job) => isCallOf(job, name));

/** A job that hands over to a workflow of Sallyport's, which enters the environment itself. */
const isCallOf = ({ uses }: WorkflowJob, name: string): boolean => uses?.includes(`/.github/workflows/sallyport-${name}.yml@`) === true;

function findOwn(read: readonly Workflow[], files: readonly WorkflowFile[]): Findings {
  const keepers = read.filter((workflow) => usesAction(workflow, 'gatekeeper') || callsOurs(workflow, 'gatekeeper'));
  const gates = read.filter((workflow) => usesAction(workflow, 'merge-gate') || callsOurs(workflow, 'merge-gate'));
  const turnedOff = files.filter((file) => isOff(file) && [...keepers, ...gates].some(({ path }) => path === file.path));
  const drafted = 'Run `sallyport init`, and commit what it writes.';
  return together([
    keepers.length === 0 ? found({ code: 'gatekeeper-missing', where: '.github/workflows', message: 'Nothing runs the action packages/actions/gatekeeper: nothing is promoted.', next: drafted }) : nothingFound,
    keepers.length > 0 && !keepers.some(({ triggers }) => triggers.includes('schedule')) ? found({ code: 'gatekeeper-unscheduled', where: keepers[0]?.path ?? '', message: 'It has no schedule.', next: 'Add the schedule of the workflow that `sallyport init` writes.' }) : nothingFound,
    gates.length === 0 ? found({ code: 'merge-gate-missing', where: '.github/workflows', message: 'Nothing runs the action packages/actions/merge-gate: no pull request can merge.', next: drafted }) : nothingFound,
    ...turnedOff.map(off),
  ]);
}

/** The job that enters the environment asks once more, before it runs anything of its own. */
function findDeploys({ policy }: Context, read: readonly Workflow[]): Findings {
  const files = [...new Set(policy.environments.map(({ workflow }) => workflow))];
  return together(
    files.map((path) => {
      const workflow = read.find((one) => one.path === path);
      if (workflow === undefined || asksFirst(workflow)) return nothingFound;
      return found({ code: 'deploy-does-not-ask', where: path, message: 'Not every job of it that enters an environment runs the action packages/actions/deploy before anything else: it could deploy past the window, and bytes that nobody compared.', next: 'Put that action before the first `run:` of each job that enters an environment.', file: { path, line: 1 } });
    }),
  );
}

function asksFirst({ jobs }: Workflow): boolean {
  const entering = jobs.filter(({ environment }) => environment !== null);
  return entering.length > 0 && entering.every(({ steps }) => steps.find(({ run, uses }) => run !== null || isOurs(uses, 'deploy'))?.run === null);
}

const keys: ReadonlySet<string> = new Set(keeperSecrets);

function findStrayKeys(workflow: Workflow): Findings {
  const stray = workflow.jobs.filter((job) => job.environment !== keeperEnvironment && job.secrets.some((name) => keys.has(name)) && !['gatekeeper', 'merge-gate'].some((name) => isCallOf(job, name)));
  return together(
    stray.map(({ id }) => found({ code: 'keys-without-environment', where: `${workflow.path}, job ${id}`, message: `It names the gatekeeper’s keys without entering the environment ${keeperEnvironment}: they are empty there, or they lie where they should not.`, next: `Say \`environment: ${keeperEnvironment}\` in that job.`, file: { path: workflow.path, line: lineOf(workflow.text, `${id}:`) } })),
  );
}

function findUnknownEnvironments(workflow: Workflow, names: readonly string[]): Findings {
  const unknown = workflow.jobs.flatMap(({ id, environment }) => (environment === null || environment.includes('${{') || names.includes(environment.toLowerCase()) ? [] : [{ id, environment }]));
  return together(
    unknown.map(({ id, environment }) => found({ code: 'unknown-environment', where: `${workflow.path}, job ${id}`, message: `It names the environment ${environment}, which is not there: GitHub makes it when the job runs, and it admits everything.`, next: 'Make it with the protection that it needs, or take it out.', file: { path: workflow.path, line: lineOf(workflow.text, environment) } })),
  );
}
