import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expandTemplate } from '../workflows/expressions.ts';
import type { StepDefinition } from '../workflows/workflow-file.ts';
import { readAction, type ActionDefinition } from './action-definition.ts';
import { builtInActions } from './built-in-actions.ts';
import { prepareFileCommands, readFileCommands } from './file-commands.ts';
import { declaredEnvironment, expandAll, processEnvironment, stepContexts, type JobState } from './job-state.ts';
import { runProcess } from './run-process.ts';
import { createLineReader, type LineReader } from './workflow-commands.ts';

export type StepEnd = { readonly outcome: 'success' | 'failure' | 'cancelled'; readonly outputs: Readonly<Record<string, string>> };

const failure: StepEnd = { outcome: 'failure', outputs: {} };
const minute = 60_000;

/** Runs one step that is due; what it prints goes to the log, what it writes to the state. */
export async function runStep(state: JobState, step: StepDefinition, number: number, name: string): Promise<StepEnd> {
  const reader = createLineReader(state.masker, (line) => { state.request.report.log(line); });
  try {
    const declared = declaredEnvironment(state, step.env);
    const call = { state, step, number, name, reader, declared };
    return step.uses === undefined ? await runScript(call) : await runUses(call, step.uses);
  } finally {
    state.annotations.push(...reader.annotations());
  }
}

/** Runs a post step of an action; its inputs' defaults are evaluated now. */
export async function runPost(state: JobState, index: number): Promise<StepEnd> {
  const post = state.posts[index];
  if (post?.action.post === undefined || post.action.post === null) return { outcome: 'success', outputs: {} };
  const reader = createLineReader(state.masker, (line) => { state.request.report.log(line); });
  const declared = { ...declaredEnvironment(state, undefined), ...post.environment };
  const stored = Object.fromEntries([...post.state].map(([key, value]) => [`STATE_${key}`, value]));
  try {
    return await runNode({ state, reader, declared, label: `post_${String(index)}`, timeoutMinutes: undefined }, post.action, post.action.post, { ...inputVariables(state, post.action, post.inputs, declared), ...stored }, new Map());
  } finally {
    state.annotations.push(...reader.annotations());
  }
}

type Call = { readonly state: JobState; readonly step: StepDefinition; readonly number: number; readonly name: string; readonly reader: LineReader; readonly declared: Readonly<Record<string, string>> };

async function runScript(call: Call): Promise<StepEnd> {
  const { state, step, declared } = call;
  const contexts = stepContexts(state, declared);
  const defaults = { ...state.request.file.defaults?.run, ...state.request.definition.defaults?.run };
  const script = join(state.folders.temporary, `step_${String(call.number)}.sh`);
  await writeFile(script, expandTemplate(step.run ?? '', contexts, state.status));
  const command = shellCommand(step.shell ?? defaults.shell, script);
  if (command === null) return fail(call, `not simulated: shell ${String(step.shell ?? defaults.shell)}.`);
  const directory = resolve(state.folders.workspace, expandTemplate(step['working-directory'] ?? defaults['working-directory'] ?? '.', contexts, state.status));
  return runCommand({ state, reader: call.reader, declared, label: `run_${String(call.number)}`, timeoutMinutes: step['timeout-minutes'] }, { ...command, directory, more: {} });
}

/** As GitHub: `bash -e` by default, with pipefail when bash is asked for by name. */
function shellCommand(shell: string | undefined, script: string): { readonly command: string; readonly args: readonly string[] } | null {
  if (shell === undefined) return { command: 'bash', args: ['-e', script] };
  if (shell === 'bash') return { command: 'bash', args: ['--noprofile', '--norc', '-eo', 'pipefail', script] };
  if (shell === 'sh') return { command: 'sh', args: ['-e', script] };
  const [command, ...args] = shell.split(/\s+/).map((part) => part.replace('{0}', script));
  return command === undefined || !shell.includes('{0}') ? null : { command, args };
}

async function runUses(call: Call, uses: string): Promise<StepEnd> {
  const { state, step, declared } = call;
  const given = expandAll(step.with, stepContexts(state, declared), state.status);
  const name = uses.replace(/@[^@]*$/, '');
  const builtIn = builtInActions.get(name);
  if (builtIn !== undefined) {
    const runner: Runner = { state, reader: call.reader, declared, label: `builtin_${String(call.number)}`, timeoutMinutes: step['timeout-minutes'] };
    const result = await builtIn(given, state, async (command, args) => (await runCommand(runner, { command, args, directory: state.folders.workspace, more: {} })).outcome === 'success');
    return result.kind === 'done' ? { outcome: 'success', outputs: result.outputs } : fail(call, result.message);
  }
  const folder = uses.startsWith('./') ? resolve(state.folders.workspace, uses) : state.request.actions.get(name);
  if (folder === undefined) return fail(call, `not simulated: action ${uses}. Known are ${[...builtInActions.keys(), ...state.request.actions.keys()].join(', ')}.`);
  const reading = await readAction(folder, uses);
  if (reading.kind === 'unusable') return fail(call, reading.message);
  const { action } = reading;
  const stored = new Map<string, string>();
  // The post step is due whatever becomes of the main step.
  if (action.post !== null) state.posts.push({ name: `Post ${call.name}`, action, inputs: given, environment: expandAll(step.env, stepContexts(state, declared), state.status), state: stored });
  const runner: Runner = { state, reader: call.reader, declared, label: `action_${String(call.number)}`, timeoutMinutes: step['timeout-minutes'] };
  return runNode(runner, action, action.main, inputVariables(state, action, given, declared), stored);
}

function inputVariables(state: JobState, action: ActionDefinition, given: Readonly<Record<string, string>>, declared: Readonly<Record<string, string>>): Record<string, string> {
  const contexts = stepContexts(state, declared);
  const defaults = Object.fromEntries([...action.inputDefaults].map(([name, template]) => [variable(name), expandTemplate(template, contexts, state.status)]));
  return { ...defaults, ...Object.fromEntries(Object.entries(given).map(([name, value]) => [variable(name), value])) };
}

const variable = (input: string): string => `INPUT_${input.replaceAll(' ', '_').toUpperCase()}`;

type Runner = { readonly state: JobState; readonly reader: LineReader; readonly declared: Readonly<Record<string, string>>; readonly label: string; readonly timeoutMinutes: number | undefined };
type Command = { readonly command: string; readonly args: readonly string[]; readonly directory: string; readonly more: Readonly<Record<string, string>> };

async function runNode(runner: Runner, action: ActionDefinition, main: string, more: Readonly<Record<string, string>>, stored: Map<string, string>): Promise<StepEnd> {
  const { state } = runner;
  const command = { command: state.request.machine.node, args: [resolve(action.folder, main)], directory: state.folders.workspace, more: { ...more, GITHUB_ACTION_PATH: action.folder } };
  return runCommand(runner, command, stored);
}

async function runCommand(runner: Runner, command: Command, stored: Map<string, string> = new Map()): Promise<StepEnd> {
  const { state, reader } = runner;
  const files = await prepareFileCommands(state.folders.commands, runner.label);
  const remaining = state.endAt - state.request.machine.now();
  const own = runner.timeoutMinutes === undefined ? Number.POSITIVE_INFINITY : runner.timeoutMinutes * minute;
  const end = await runProcess({
    command: command.command,
    args: command.args,
    directory: command.directory,
    environment: processEnvironment(state, runner.declared, { ...command.more, ...files, GITHUB_ACTION: runner.label }),
    signal: state.request.signal,
    timeoutMilliseconds: Math.max(1, Math.min(own, remaining)),
    line: (text) => { reader.line(text); },
    leftBehind: (group) => state.groups.push(group),
  });
  const written = await readFileCommands(files);
  for (const [name, value] of written.environment) state.addedEnvironment.set(name, value);
  for (const [name, value] of written.state) stored.set(name, value);
  state.addedPaths.push(...written.paths);
  if (written.summary !== '') state.request.report.summary(state.masker.mask(written.summary));
  for (const problem of written.problems) reader.line(`::error::${problem}`);
  const outputs = Object.fromEntries(written.outputs);
  switch (end.kind) {
    case 'exited':
      if (end.code !== 0) reader.line(`::error::Process completed with exit code ${String(end.code)}.`);
      return { outcome: end.code === 0 && written.problems.length === 0 ? 'success' : 'failure', outputs };
    case 'timed-out':
      reader.line(`::error::The action has timed out.`);
      // Out of the job's own time ends the job; out of the step's time fails the step.
      return { outcome: own <= remaining ? 'failure' : 'cancelled', outputs };
    case 'aborted':
      return { outcome: 'cancelled', outputs };
    case 'not-started':
      reader.line(`::error::${command.command} could not be started: ${end.message}`);
      return { outcome: 'failure', outputs };
    default:
      return end satisfies never;
  }
}

function fail(call: Call, message: string): StepEnd {
  call.reader.line(`::error::${message}`);
  return failure;
}
