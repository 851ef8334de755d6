import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { known, unknown } from '@sallyport/gates';
import type { Fact } from '@sallyport/gates';
import type { GitAccess } from './git-access.ts';
import { GitProblem, gitEnvironment, runGit } from './run-git.ts';
import type { GitResult, GitRunOptions } from './run-git.ts';

export type BareRepositoryOptions = {
  readonly access: () => Promise<Fact<GitAccess>>;
  /** The process's own: only what finds git, proxies and certificates is taken from it. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** For each step of git. Default 60 s. */
  readonly timeoutMilliseconds?: number;
};

export type Git = (args: readonly string[], options?: Pick<GitRunOptions, 'input' | 'mostBytes'>) => Promise<GitResult>;

export type BareRepository = {
  readonly git: Git;
  /** Runs git and gives what it printed. Throws GitProblem unless it ends with 0. */
  readonly succeed: Git;
  /** Fetches commits by name, without their history. With `filesLater`, files come when something looks into them. */
  readonly fetchCommits: (commits: ReadonlySet<string>, options?: { readonly filesLater?: boolean }) => Promise<void>;
};

const objectId = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
export const isObjectId = (text: string): boolean => objectId.test(text);

/** Works in a bare repository that is thrown away; its names are as long as `like`. Unknown, beginning with `what`, when git could not do it. */
export async function inBareRepository<T>({ access, environment, timeoutMilliseconds = 60_000 }: BareRepositoryOptions, { like, what }: { readonly like: string; readonly what: string }, work: (repository: BareRepository) => Promise<T>): Promise<Fact<T>> {
  const granted = await access();
  if ('unknown' in granted) return granted;
  const folder = await mkdtemp(join(tmpdir(), 'sallyport-git-'));
  try {
    const git: Git = (args, options = {}) => runGit(args, { ...options, folder, environment: gitEnvironment(environment, folder, granted.known), timeoutMilliseconds });
    const succeed: Git = async (args, options) => {
      const result = await git(args, options);
      if (result.exitCode !== 0) throw new GitProblem(`git ${args[0] ?? ''} ended with ${result.exitCode}: ${result.problem}`);
      return result;
    };
    await succeed(['init', '--quiet', '--bare', '--template=', `--object-format=${like.length === 64 ? 'sha256' : 'sha1'}`, '.']);
    const fetchCommits: BareRepository['fetchCommits'] = async (commits, { filesLater = false } = {}) => {
      await succeed(['fetch', '--quiet', '--depth=1', '--no-tags', '--no-recurse-submodules', '--no-write-fetch-head', ...(filesLater ? ['--filter=blob:none'] : []), 'origin', ...commits]);
    };
    return known(await work({ git, succeed, fetchCommits }));
  } catch (error) {
    if (error instanceof GitProblem) return unknown(`${what}: ${error.message}`);
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
