import { known, unknown } from '@sallyport/gates';
import type { Fact, FactList } from '@sallyport/gates';
import { folder } from './answers/commit.ts';
import type { CommitAnswer } from './answers/commit.ts';
import type { WorkflowRunAnswer } from './answers/check.ts';
import { remember } from './remember.ts';
import { of } from './repository.ts';
import type { Place } from './repository.ts';
import type { Tree } from './read-tree.ts';

const workflows = '.github/workflows';

type Touched = { readonly path: string; readonly previousPath: string | null };

export type DefinitionSources = {
  readonly commits: FactList<CommitAnswer>;
  readonly files: FactList<Touched>;
  readonly tree: Tree;
  /** What was merged with the base, and the base as it is now: commits or refs. */
  readonly head: string;
  readonly base: string;
};

/** Is what a run did defined by the base: its workflow file and every workflow of this repository that it calls? */
export type DefinedByBase = (run: WorkflowRunAnswer) => Promise<Fact<boolean>>;

/**
 * GitHub runs the workflow file of the merge of head and base. That file is the base's own
 * - where head and base hold the same file, or
 * - where the head holds it as the only merge base does: then the merge takes the base's side. There is one merge base when no
 *   commit of the change is a merge. With several, "unchanged" against the one that GitHub's file list is made from says nothing
 *   of what the merge brings, so only the first reason counts. A file that is not at the head at all may have come by a rename
 *   on the base's side, which carries the change's edits of the old name along; that is not taken for the base's either.
 */
export function definedByBase(place: Place, sources: DefinitionSources): DefinedByBase {
  const folderAt = remember((ref) => readWorkflows(place, ref));
  const isOfBase = remember((path) => compareFile(path, sources, folderAt));
  return async (run) => {
    const facts = await Promise.all(filesOfRun(place, run).map((path) => isOfBase(path)));
    if (facts.some((fact) => 'known' in fact && !fact.known)) return known(false);
    return facts.find((fact) => 'unknown' in fact) ?? known(true);
  };
}

/**
 * GitHub gives some paths with a ref: `.github/workflows/ci.yml@refs/heads/main`. A file may be called `ci.yml@x.yml`; where the part
 * behind an @ could be the end of a name, nothing is taken off, and the path is that of no workflow the policy can name.
 */
export const workflowPath = (path: string): string => (/\.ya?ml$/.test(path) ? path : (/^[^@]+\.ya?ml(?=@[^@]*$)/.exec(path)?.[0] ?? path));

function filesOfRun({ owner, repo }: Place, { path, referenced_workflows: called }: WorkflowRunAnswer): readonly string[] {
  const here = `${owner}/${repo}/`.toLowerCase();
  const own = (called ?? []).flatMap((one) => (one.path.toLowerCase().startsWith(here) ? [workflowPath(one.path.slice(here.length))] : []));
  return [...new Set([workflowPath(path), ...own])];
}

async function compareFile(path: string, sources: DefinitionSources, folderAt: (ref: string) => Promise<ReadonlyMap<string, string>>): Promise<Fact<boolean>> {
  if (!path.startsWith(`${workflows}/`)) return unknown(`${path} is no workflow file of the repository`);
  const touched = sources.files.items.some((file) => file.path === path || file.previousPath === path || path.startsWith(`${file.path}/`));
  if (!touched && (await isFromOnlyMergeBase(path, sources))) return known(true);
  const [atHead, atBase] = await Promise.all([folderAt(sources.head), folderAt(sources.base)]);
  const [headBlob, baseBlob] = [atHead.get(path), atBase.get(path)];
  if (headBlob !== undefined && headBlob === baseBlob) return known(true);
  if (headBlob === undefined && baseBlob === undefined) return unknown(`${path} is no file of the head or the base`);
  if (touched) return known(false);
  return unknown(`the head’s ${path} is not the base’s, though the change does not name it; update the branch from the base`);
}

async function isFromOnlyMergeBase(path: string, { commits, files, tree }: DefinitionSources): Promise<boolean> {
  if (!commits.complete || !files.complete || !commits.items.every(({ parents }) => parents.length === 1)) return false;
  const atHead = await tree.at(path);
  return 'known' in atHead && atHead.known !== null && atHead.known.mode.startsWith('100');
}

/** The plain files of the folder for workflows, with their blobs; none where there is no such folder. */
async function readWorkflows(place: Place, ref: string): Promise<ReadonlyMap<string, string>> {
  const answer = await place.client.askOr([404], { route: 'GET /repos/{owner}/{repo}/contents/{+path}', parameters: { ...of(place), path: workflows, ref }, shape: folder, why: 'to compare workflow files with the base' });
  const entries = answer.ok ? (answer.data ?? []) : [];
  return new Map(entries.flatMap(({ path, type, sha }) => (type === 'file' ? [[path, sha] as const] : [])));
}
