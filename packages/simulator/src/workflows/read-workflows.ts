import { gitText, tryGit } from '../git/run-git.ts';
import type { SimulatorContext } from '../context.ts';
import type { Repository, Workflow } from '../world/world.ts';
import { parseWorkflow, type WorkflowReading } from './workflow-file.ts';

export type FoundWorkflow = { readonly path: string; readonly reading: WorkflowReading };

/** Reads every workflow file of a commit, in order of path. */
export async function readWorkflows(repository: Repository, commit: string): Promise<readonly FoundWorkflow[]> {
  const listing = await tryGit(repository.gitDir, ['ls-tree', '--name-only', '-z', commit, '.github/workflows/']);
  const paths = (listing ?? '').split('\0').filter((path) => /\.ya?ml$/.test(path));
  const found: FoundWorkflow[] = [];
  for (const path of paths) found.push({ path, reading: parseWorkflow(await gitText(repository.gitDir, ['cat-file', 'blob', `${commit}:${path}`]), path) });
  return found;
}

/** The record of a workflow, made when it is first seen. */
export function registerWorkflow(context: SimulatorContext, repository: Repository, found: FoundWorkflow): Workflow {
  const name = (found.reading.kind === 'workflow' ? found.reading.file.name : undefined) ?? found.path;
  const known = repository.workflows.get(found.path);
  if (known !== undefined) {
    known.name = name;
    return known;
  }
  const workflow: Workflow = { id: context.nextId(), path: found.path, name };
  repository.workflows.set(found.path, workflow);
  return workflow;
}

/** Registers the workflows of the default branch, as GitHub lists them. */
export async function registerDefaultWorkflows(context: SimulatorContext, repository: Repository): Promise<readonly FoundWorkflow[]> {
  const found = await readWorkflows(repository, `refs/heads/${repository.defaultBranch}`);
  for (const one of found) registerWorkflow(context, repository, one);
  return found;
}
