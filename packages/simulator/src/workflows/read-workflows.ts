import { readRef } from '../git/objects.ts';
import { listFolder, readBlob } from '../git/read-tree.ts';
import type { SimulatorContext } from '../context.ts';
import type { Repository, Workflow } from '../world/world.ts';
import { parseWorkflow, type WorkflowReading } from './workflow-file.ts';

export type FoundWorkflow = { readonly path: string; readonly reading: WorkflowReading };

/** Reads every workflow file of a commit (full SHA), in order of path. */
export async function readWorkflows(repository: Repository, commit: string): Promise<readonly FoundWorkflow[]> {
  const { objects } = repository;
  const found = await objects.remember(`workflows ${commit}`, async () => {
    const listing = await listFolder(objects, commit, '.github/workflows');
    // Not here now, but a push may bring it.
    if (listing === null) return null;
    const files = listing.filter((entry) => entry.type === 'blob' && /\.ya?ml$/.test(entry.path));
    return Promise.all(files.map(async ({ path, sha }) => ({ path, reading: parseWorkflow((await readBlob(objects, sha)).toString('utf8'), path) })));
  });
  return found ?? [];
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
  const tip = await readRef(repository.objects, `refs/heads/${repository.defaultBranch}`);
  const found = tip === null ? [] : await readWorkflows(repository, tip);
  for (const one of found) registerWorkflow(context, repository, one);
  return found;
}
