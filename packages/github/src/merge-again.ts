import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { known, unknown } from '@sallyport/gates';
import type { Fact } from '@sallyport/gates';
import type { GitAccess } from './git-access.ts';
import { GitProblem, gitEnvironment, runGit } from './run-git.ts';

/** What `from` changed since `fromBase`, put onto `onto`. */
export type Merge = { readonly from: string; readonly fromBase: string; readonly onto: string };

/** Makes a three-way merge again and gives its tree; null when it conflicts, unknown when it could not be made. */
export type MergeAgain = (merge: Merge) => Promise<Fact<string | null>>;

export type MergeAgainOptions = {
  readonly access: () => Promise<Fact<GitAccess>>;
  /** The process's own: only what finds git, proxies and certificates is taken from it. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** For each step of git. Default 60 s. */
  readonly timeoutMilliseconds?: number;
};

const objectId = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/**
 * With real git, in a bare repository that is thrown away. Needs git 2.38 or later, which can merge without a working tree.
 * Only the three commits are fetched, and of their files only those that the merge has to look into.
 */
export function createMergeAgain({ access, environment, timeoutMilliseconds = 60_000 }: MergeAgainOptions): MergeAgain {
  return async (merge) => {
    if (![merge.from, merge.fromBase, merge.onto].every((id) => objectId.test(id))) return unknown('a commit of the merge has no full object id');
    const granted = await access();
    if ('unknown' in granted) return granted;
    const folder = await mkdtemp(join(tmpdir(), 'sallyport-merge-'));
    try {
      const git: Git = (args) => runGit(args, { folder, environment: gitEnvironment(environment, folder, granted.known), timeoutMilliseconds });
      return known(await mergeTree(git, merge));
    } catch (error) {
      if (error instanceof GitProblem) return unknown(`the merge of ${merge.from} onto ${merge.onto} could not be made again: ${error.message}`);
      throw error;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  };
}

type Git = (args: readonly string[]) => Promise<{ readonly exitCode: number; readonly output: string; readonly problem: string }>;

async function mergeTree(git: Git, { from, fromBase, onto }: Merge): Promise<string | null> {
  await succeed(git, ['init', '--quiet', '--bare', '--template=', `--object-format=${from.length === 64 ? 'sha256' : 'sha1'}`, '.']);
  await succeed(git, ['fetch', '--quiet', '--depth=1', '--no-tags', '--no-recurse-submodules', '--no-write-fetch-head', '--filter=blob:none', 'origin', ...new Set([from, fromBase, onto])]);
  // Three commits of our own with the same contents: their one merge base is the one that is wanted, whatever the real history.
  const base = await succeed(git, ['commit-tree', '-m', 'base', `${fromBase}^{tree}`]);
  const ours = await succeed(git, ['commit-tree', '-m', 'ours', '-p', base, `${onto}^{tree}`]);
  const theirs = await succeed(git, ['commit-tree', '-m', 'theirs', '-p', base, `${from}^{tree}`]);
  const { exitCode, output, problem } = await git(['merge-tree', '--write-tree', '--no-messages', ours, theirs]);
  if (exitCode === 1) return null;
  const tree = output.trim();
  if (exitCode !== 0 || !objectId.test(tree)) throw new GitProblem(`git merge-tree ended with ${exitCode} (git 2.38 or later is needed): ${problem}`);
  return tree;
}

async function succeed(git: Git, args: readonly string[]): Promise<string> {
  const { exitCode, output, problem } = await git(args);
  if (exitCode !== 0) throw new GitProblem(`git ${args[0] ?? ''} ended with ${exitCode}: ${problem}`);
  return output.trim();
}
