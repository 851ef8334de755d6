import type { ActingUser } from '../auth/viewer.ts';
import type { SimulatorContext } from '../context.ts';
import { noreplyEmail } from '../git/identity.ts';
import { readRef } from '../git/objects.ts';
import { runGit } from '../git/run-git.ts';
import { updateRef } from '../git/update-ref.ts';
import type { Repository, User } from '../world/world.ts';

/** A branch with a long history, written by one git process. */
export type Growth = {
  readonly branch: string;
  readonly author: User;
  /** Commits on top of `from`, each by `author`, one simulated second apart and ending now. */
  readonly commits: number;
  /** Files the branch changes in all, spread over its commits; the last commit takes what is left. Default: one a commit. */
  readonly files?: number;
  /** Path of the n-th file, from 0. Default: `grown/<branch>/<n>.txt`, in folders of a thousand. */
  readonly path?: (index: number) => string;
  /** Branch or SHA to start from. Default: the default branch. */
  readonly from?: string;
};

export type HistoryAdmin = {
  /** Makes or moves a branch as its author's push would, under rulesets, with activity and workflows. Resolves to its new head. */
  growBranch(repository: Repository, growth: Growth): Promise<string>;
  /** Points a branch somewhere else as `user`'s push (forced when it is no fast-forward); a null SHA deletes it. */
  moveBranch(repository: Repository, user: User, branch: string, sha: string | null): Promise<void>;
  /** Says what GitHub says of a commit's signature. Default: verified and valid. */
  signCommit(repository: Repository, sha: string, said?: { readonly verified: boolean; readonly reason: string }): void;
  /** From now on GitHub cuts the recursive listing of this tree (full SHA) short. */
  truncateTree(repository: Repository, tree: string): void;
};

export function createHistoryAdmin(context: SimulatorContext): HistoryAdmin {
  const moveBranch: HistoryAdmin['moveBranch'] = async (repository, user, branch, sha) => {
    const ref = `refs/heads/${branch}`;
    const actor: ActingUser = { user, app: null, builtIn: false };
    const move = await updateRef(context, repository, actor, ref, await readRef(repository.objects, ref), sha);
    if (move.kind === 'refused') throw new Error(`${ref} was not moved: ${move.violations.join(' ')}`);
    if (move.kind === 'stale') throw new Error(`${ref} moved meanwhile; try again.`);
  };
  return {
    moveBranch,
    growBranch: async (repository, growth) => {
      const from = growth.from ?? repository.defaultBranch;
      const start = (await readRef(repository.objects, `refs/heads/${from}`)) ?? from;
      const scratch = `refs/grown/${String(context.nextId())}`;
      await runGit(repository.gitDir, ['fast-import', '--quiet', '--force'], { input: Buffer.from(stream(growth, start, scratch, context.clock.now())) });
      const head = await readRef(repository.objects, scratch);
      if (head === null) throw new Error(`git made no history for ${growth.branch}.`);
      await runGit(repository.gitDir, ['update-ref', '-d', scratch]);
      await moveBranch(repository, growth.author, growth.branch, head);
      return head;
    },
    signCommit: (repository, sha, said = { verified: true, reason: 'valid' }) => {
      repository.signatures.set(sha, { ...said, verifiedAt: context.clock.now() });
    },
    truncateTree: (repository, tree) => {
      repository.truncatedTrees.add(tree);
    },
  };
}

const filesAFolder = 1000;

/** The language of `git fast-import`. */
function stream({ branch, author, commits, files = commits, path }: Growth, start: string, ref: string, now: number): string {
  if (commits < 1) throw new Error(`A grown branch needs at least one commit; ${branch} has ${String(commits)}.`);
  const pathOf = path ?? ((index: number) => `grown/${branch}/${String(Math.floor(index / filesAFolder))}/${String(index)}.txt`);
  const share = Math.floor(files / commits);
  const lines: string[] = [];
  let written = 0;
  for (let number = 0; number < commits; number += 1) {
    const message = `Change ${String(number + 1)} of ${String(commits)}\n`;
    const seconds = Math.floor(now / 1000) - (commits - 1 - number);
    lines.push(`commit ${ref}`, `committer ${author.login} <${noreplyEmail(author)}> ${String(seconds)} +0000`, `data ${String(Buffer.byteLength(message))}`, message);
    if (number === 0) lines.push(`from ${start}`);
    for (const end = number === commits - 1 ? files : written + share; written < end; written += 1) {
      const text = `${branch} ${String(written)}\n`;
      lines.push(`M 100644 inline ${pathOf(written)}`, `data ${String(Buffer.byteLength(text))}`, text);
    }
  }
  return `${lines.join('\n')}\n`;
}
