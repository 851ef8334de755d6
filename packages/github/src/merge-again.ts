import { unknown } from '@sallyport/gates';
import type { Fact } from '@sallyport/gates';
import { inBareRepository, isObjectId } from './bare-repository.ts';
import type { BareRepository, BareRepositoryOptions } from './bare-repository.ts';
import { GitProblem } from './run-git.ts';

/** What `from` changed since `fromBase`, put onto `onto`. */
export type Merge = { readonly from: string; readonly fromBase: string; readonly onto: string };

/** Makes a three-way merge again and gives its tree; null when it conflicts, unknown when it could not be made. */
export type MergeAgain = (merge: Merge) => Promise<Fact<string | null>>;

/**
 * With real git. Needs git 2.38 or later, which can merge without a working tree.
 * Only the three commits are fetched, and of their files only those that the merge has to look into.
 */
export function createMergeAgain(options: BareRepositoryOptions): MergeAgain {
  return async (merge) => {
    if (![merge.from, merge.fromBase, merge.onto].every(isObjectId)) return unknown('a commit of the merge has no full object id');
    return inBareRepository(options, { like: merge.from, what: `the merge of ${merge.from} onto ${merge.onto} could not be made again` }, (repository) => mergeTree(repository, merge));
  };
}

async function mergeTree({ git, succeed, fetchCommits }: BareRepository, { from, fromBase, onto }: Merge): Promise<string | null> {
  await fetchCommits(new Set([from, fromBase, onto]), { filesLater: true });
  // Three commits of our own with the same contents: their one merge base is the one that is wanted, whatever the real history.
  const commitTree = async (message: string, ...rest: readonly string[]): Promise<string> => (await succeed(['commit-tree', '-m', message, ...rest])).output.trim();
  const base = await commitTree('base', `${fromBase}^{tree}`);
  const ours = await commitTree('ours', '-p', base, `${onto}^{tree}`);
  const theirs = await commitTree('theirs', '-p', base, `${from}^{tree}`);
  const { exitCode, output, problem } = await git(['merge-tree', '--write-tree', '--no-messages', ours, theirs]);
  if (exitCode === 1) return null;
  const tree = output.trim();
  if (exitCode !== 0 || !isObjectId(tree)) throw new GitProblem(`git merge-tree ended with ${exitCode} (git 2.38 or later is needed): ${problem}`);
  return tree;
}
