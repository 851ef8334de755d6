import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { InputError } from './input-error.ts';

/** What the runner tells every step (GitHub Docs, "Default environment variables", 2026). Parsed, not trusted. */
const runnerEnvironment = z.object({
  GITHUB_API_URL: z.url(),
  GITHUB_REPOSITORY: z.string().regex(/^[^/\s]+\/[^/\s]+$/),
  GITHUB_EVENT_NAME: z.string().min(1),
  GITHUB_EVENT_PATH: z.string().min(1),
  GITHUB_REF: z.string().min(1),
  GITHUB_SHA: z.string().regex(/^[0-9a-f]{40,64}$/),
  GITHUB_RUN_ID: z.coerce.number().int().positive(),
  GITHUB_WORKFLOW_REF: z.string().min(1),
  GITHUB_SERVER_URL: z.url(),
  GITHUB_WORKSPACE: z.string().min(1),
});

export type RunnerEnvironment = {
  readonly apiUrl: string;
  readonly repository: { readonly owner: string; readonly name: string };
  readonly event: { readonly name: string; readonly payload: unknown };
  readonly ref: string;
  readonly sha: string;
  readonly runId: number;
  /** Path of the workflow file, e.g. `.github/workflows/build.yml`. */
  readonly workflow: string;
  /** Where a person finds the run. */
  readonly runUrl: string;
  readonly workspace: string;
};

/** Throws an error that names every variable that is missing or malformed. */
export function readRunnerEnvironment(environment: Readonly<Record<string, string | undefined>>): RunnerEnvironment {
  const parsed = runnerEnvironment.safeParse(environment);
  if (!parsed.success) throw new InputError('not-a-runner', `This does not look like a GitHub Actions runner: ${parsed.error.issues.map(({ path: [name = ''], message }) => `${String(name)} ${environment[String(name)] === undefined ? 'is not set' : `is not usable (${message})`}`).join('; ')}.`, { next: 'Run the action as a step of a workflow.' });
  const variables = parsed.data;
  const [owner = '', name = ''] = variables.GITHUB_REPOSITORY.split('/');
  return {
    apiUrl: variables.GITHUB_API_URL,
    repository: { owner, name },
    event: { name: variables.GITHUB_EVENT_NAME, payload: readEvent(variables.GITHUB_EVENT_PATH) },
    ref: variables.GITHUB_REF,
    sha: variables.GITHUB_SHA,
    runId: variables.GITHUB_RUN_ID,
    workflow: workflowPath(variables.GITHUB_WORKFLOW_REF, variables.GITHUB_REPOSITORY),
    runUrl: `${variables.GITHUB_SERVER_URL}/${variables.GITHUB_REPOSITORY}/actions/runs/${variables.GITHUB_RUN_ID}`,
    workspace: variables.GITHUB_WORKSPACE,
  };
}

function readEvent(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as unknown;
  } catch (cause) {
    throw new InputError('not-a-runner', `The event file ${path} is not JSON that can be read.`, { next: 'Run the action as a step of a workflow, and let no earlier step change that file.', cause });
  }
}

/** `owner/name/.github/workflows/build.yml@refs/heads/main` → `.github/workflows/build.yml`. */
function workflowPath(reference: string, repository: string): string {
  const prefix = `${repository}/`;
  const withoutRef = reference.split('@')[0] ?? '';
  return withoutRef.startsWith(prefix) ? withoutRef.slice(prefix.length) : withoutRef;
}
