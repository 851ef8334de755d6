import { completeList, partialList } from '@sallyport/gates';
import type { Fact, FactList } from '@sallyport/gates';
import * as z from 'zod';
import { changedFile } from './answers/pull.ts';
import type { ChangedFileAnswer, PullAnswer } from './answers/pull.ts';
import type { CompareWithBase } from './compare-with-base.ts';
import { listFact, readPages } from './paginate.ts';
import { readFiles } from './read-tree.ts';
import type { Tree } from './read-tree.ts';
import { of } from './repository.ts';
import type { Place } from './repository.ts';

/** GitHub lists no more of a pull request's files (REST, “List pull requests files”, November 2026). */
const mostListed = 3000;

/** A changed path and what is there at the head, `blob` as the list has it. */
export type Changed = { readonly path: string; readonly previousPath: string | null; readonly status: string; readonly blob: string | null };

/** The changed paths against the merge base, before it is known what they are. */
export async function listFiles(pull: PullAnswer, { place, compare, tree }: { readonly place: Place; readonly compare: CompareWithBase; readonly tree: Promise<Tree> }): Promise<FactList<Changed>> {
  if (pull.changed_files > mostListed) return compareTrees(place, compare(pull.head.sha), tree);
  const { pages, ended } = await readPages(place.client, { route: 'GET /repos/{owner}/{repo}/pulls/{pull_number}/files', parameters: { ...of(place), pull_number: pull.number }, shape: z.array(changedFile), why: 'to read which files it changes' }, { counted: pull.changed_files });
  const list = listFact('changed files', pages.flat().map(changedOf), { ended, total: pull.changed_files });
  // All was asked at once: a list of another head than the one that is judged does not fit its tree.
  const stray = list.complete ? await strayFile(list.items, await tree) : undefined;
  return stray === undefined ? list : partialList(list.items, `${stray.path} is listed otherwise than it is at the head, which may have moved while its files were read`);
}

const changedOf = ({ filename, previous_filename: previous, status, sha }: ChangedFileAnswer): Changed => ({ path: filename, previousPath: previous ?? null, status, blob: sha ?? null });

async function strayFile(files: readonly Changed[], tree: Tree): Promise<Changed | undefined> {
  const atHead = await Promise.all(files.map(async ({ path }) => tree.at(path)));
  return files.find(({ status, blob }, index) => {
    const entry = atHead[index];
    if (entry === undefined || 'unknown' in entry) return false;
    return status === 'removed' ? entry.known !== null : blob !== null && entry.known?.sha !== blob;
  });
}

/** Beyond GitHub's list: two whole trees, path by path. A rename is then a removal and an addition, which names both paths. */
async function compareTrees(place: Place, comparing: Promise<Fact<{ readonly mergeBaseTree: string }>>, tree: Promise<Tree>): Promise<FactList<Changed>> {
  const compared = await comparing;
  if ('unknown' in compared) return partialList([], compared.unknown);
  const [atBase, { files: atHead }] = await Promise.all([readFiles(place, compared.known.mergeBaseTree), tree]);
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
