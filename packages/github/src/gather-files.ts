import { completeList, known, partialList, unknown } from '@sallyport/gates';
import type { ChangedFileFact, Fact, FactList, MergeFacts } from '@sallyport/gates';
import type { ChangedFileAnswer } from './answers/pull.ts';
import type { CompareWithBase } from './compare-with-base.ts';
import { readBlob } from './git-blob.ts';
import type { Opening } from './gather-opening.ts';
import { listFact } from './paginate.ts';
import { readFiles } from './read-tree.ts';
import type { TreeEntry } from './read-tree.ts';
import { remember } from './remember.ts';
import type { Place } from './repository.ts';
import { followLink } from './symlink-target.ts';

/** GitHub lists no more of a pull request's files (REST, "List pull requests files", November 2026). */
const mostListed = 3000;
/** Each changed symlink costs a question. */
const mostLinks = 50;

/** A changed path and what is there at the head, `blob` as the list has it. */
type Changed = { readonly path: string; readonly previousPath: string | null; readonly status: string; readonly blob: string | null };

/** The changed paths against the merge base, before it is known what they are. */
export async function listFiles({ pull, files }: Opening, { place, compare, tree }: { readonly place: Place; readonly compare: CompareWithBase; readonly tree: Promise<FactList<TreeEntry>> }): Promise<FactList<Changed>> {
  if (pull.changed_files > mostListed) return compareTrees(place, await compare(pull.head.sha), await tree);
  const list = listFact('changed files', files.items.map(changedOf), { ended: files.ended, total: pull.changed_files });
  // All was asked at once: a list of another head than the one that is judged does not fit its tree.
  const stray = list.complete ? strayFile(list.items, await tree) : undefined;
  return stray === undefined ? list : partialList(list.items, `${stray.path} is listed otherwise than it is at the head, which may have moved while its files were read`);
}

const changedOf = ({ filename, previous_filename: previous, status, sha }: ChangedFileAnswer): Changed => ({ path: filename, previousPath: previous ?? null, status, blob: sha ?? null });

function strayFile(files: readonly Changed[], tree: FactList<TreeEntry>): Changed | undefined {
  if (!tree.complete) return undefined;
  const atHead = new Map(tree.items.map(({ path, sha }) => [path, sha]));
  return files.find(({ path, status, blob }) => (status === 'removed' ? atHead.has(path) : blob !== null && atHead.get(path) !== blob));
}

/** Beyond GitHub's list: two whole trees, path by path. A rename is then a removal and an addition, which names both paths. */
async function compareTrees(place: Place, compared: Fact<{ readonly mergeBaseTree: string }>, atHead: FactList<TreeEntry>): Promise<FactList<Changed>> {
  if ('unknown' in compared) return partialList([], compared.unknown);
  const atBase = await readFiles(place, compared.known.mergeBaseTree);
  const before = new Map(atBase.items.map((entry) => [entry.path, entry]));
  const after = new Map(atHead.items.map((entry) => [entry.path, entry]));
  const changed = [
    ...atHead.items.flatMap(({ path, mode, sha }): Changed[] => {
      const old = before.get(path);
      return old?.mode === mode && old.sha === sha ? [] : [{ path, previousPath: null, status: old === undefined ? 'added' : 'modified', blob: sha }];
    }),
    ...atBase.items.flatMap(({ path }): Changed[] => (after.has(path) ? [] : [{ path, previousPath: null, status: 'removed', blob: null }])),
  ];
  const missing = [atBase, atHead].flatMap((list) => (list.complete ? [] : [list.missing]));
  return missing.length === 0 ? completeList(changed) : partialList(changed, missing.join('; '));
}

const kinds = new Map<string, NonNullable<Extract<ChangedFileFact['kind'], { known: unknown }>>['known']>([['100644', 'file'], ['100755', 'executable'], ['120000', 'symlink'], ['160000', 'submodule']]);

/** What each changed path is at the head, and where symlinks lead. */
export async function filesOf(place: Place, list: FactList<Changed>, tree: FactList<TreeEntry>): Promise<MergeFacts['files']> {
  const entries = new Map(tree.items.map((entry) => [entry.path, entry]));
  const links = list.items.filter(({ path, status }) => status !== 'removed' && entries.get(path)?.mode === '120000').map(({ path }) => path);
  const followed = new Set(links.slice(0, mostLinks));
  const readLink = remember(async (sha) => readBlob(place, sha, 'to see where a symlink leads'));
  const targetOf = async (entry: TreeEntry): Promise<Fact<string | null>> => (followed.has(entry.path) ? followLink(entry.path, await readLink(entry.sha), entries) : unknown(`the change has ${links.length} symlinks, and only ${mostLinks} are followed`));
  const items = await Promise.all(
    list.items.map(async ({ path, previousPath, status }): Promise<ChangedFileFact> => {
      const entry = entries.get(path);
      const file = { path, previousPath, status };
      if (status === 'removed') return { ...file, kind: null };
      const kind = entry === undefined ? undefined : kinds.get(entry.mode);
      if (entry === undefined || kind === undefined) return { ...file, kind: unknown(tree.complete ? `${path} is no file of the head’s tree` : tree.missing) };
      return kind === 'symlink' ? { ...file, kind: known(kind), target: await targetOf(entry) } : { ...file, kind: known(kind) };
    }),
  );
  return list.complete ? completeList(items) : partialList(items, list.missing);
}
