import { join } from 'node:path';
import { expandTemplate, type Contexts, type StatusSoFar } from '../workflows/expressions.ts';
import type { ActionDefinition } from './action-definition.ts';
import type { JobRequest } from './job-request.ts';
import type { Masker } from './masker.ts';
import type { Annotation } from './workflow-commands.ts';

export type StepOutcome = 'success' | 'failure' | 'skipped' | 'cancelled';
/** A post step that waits for the job's steps to end; `state` becomes STATE_*. */
export type PostStep = { readonly name: string; readonly action: ActionDefinition; readonly inputs: Readonly<Record<string, string>>; readonly environment: Readonly<Record<string, string>>; readonly state: Map<string, string> };

/** What changes while a job runs. */
export type JobState = {
  readonly request: JobRequest;
  readonly folders: { readonly workspace: string; readonly temporary: string; readonly commands: string };
  readonly masker: Masker;
  readonly annotations: Annotation[];
  readonly steps: Map<string, { outputs: Record<string, string>; outcome: StepOutcome; conclusion: StepOutcome }>;
  readonly posts: PostStep[];
  readonly addedEnvironment: Map<string, string>;
  readonly addedPaths: string[];
  readonly groups: number[];
  readonly nodeOptions: string;
  /** When the job must be over, in milliseconds of real time. */
  endAt: number;
  status: StatusSoFar;
};

/** Contexts for one step: what came before it, and its environment. */
export function stepContexts(state: JobState, environment: Readonly<Record<string, string>>): Contexts {
  return {
    ...state.request.contexts,
    env: environment,
    steps: Object.fromEntries(state.steps),
    job: { status: state.status },
    runner: { os: 'Linux', arch: 'X64', name: 'simulated', temp: state.folders.temporary, tool_cache: join(state.request.folder, 'tools'), environment: 'github-hosted' },
  };
}

/** Values of a map of templates, each expanded. */
export function expandAll(templates: Readonly<Record<string, string>> | undefined, contexts: Contexts, status: StatusSoFar): Record<string, string> {
  return Object.fromEntries(Object.entries(templates ?? {}).map(([name, template]) => [name, expandTemplate(template, contexts, status)]));
}

/** `env` of workflow, job, earlier steps and this step, the later winning. */
export function declaredEnvironment(state: JobState, step: Readonly<Record<string, string>> | undefined): Record<string, string> {
  let merged: Record<string, string> = {};
  for (const layer of [state.request.file.env, state.request.definition.env]) merged = { ...merged, ...expandAll(layer, stepContexts(state, merged), state.status) };
  merged = { ...merged, ...Object.fromEntries(state.addedEnvironment) };
  return { ...merged, ...expandAll(step, stepContexts(state, merged), state.status) };
}

/** The whole environment of a step's process, as the real runner gives it. */
export function processEnvironment(state: JobState, declared: Readonly<Record<string, string>>, more: Readonly<Record<string, string>>): Record<string, string> {
  const { request, folders } = state;
  return {
    LANG: 'C.UTF-8',
    CI: 'true',
    ...declared,
    ...gitHubVariables(request.contexts.github),
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKSPACE: folders.workspace,
    GITHUB_EVENT_PATH: join(folders.commands, 'event.json'),
    RUNNER_OS: 'Linux',
    RUNNER_ARCH: 'X64',
    RUNNER_NAME: 'simulated',
    RUNNER_ENVIRONMENT: 'github-hosted',
    RUNNER_TEMP: folders.temporary,
    RUNNER_TOOL_CACHE: join(request.folder, 'tools'),
    HOME: join(request.folder, 'home'),
    PATH: [...state.addedPaths.toReversed(), request.machine.path].join(':'),
    NODE_OPTIONS: state.nodeOptions,
    ...more,
  };
}

/** Keys of the `github` context that the runner does not hand on as variables. */
const notVariables = new Set(['event', 'token', 'workspace', 'event_path']);

function gitHubVariables(github: Readonly<Record<string, unknown>>): Record<string, string> {
  const plain = Object.entries(github).filter(([key]) => !notVariables.has(key));
  return Object.fromEntries(plain.map(([key, value]) => [`GITHUB_${key.toUpperCase()}`, String(value)]));
}
