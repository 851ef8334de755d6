import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SimulatorContext } from '../context.ts';
import { fullNameOf } from '../http/present/repository.ts';
import { listRefs } from '../git/objects.ts';
import { runGit } from '../git/run-git.ts';
import type { Repository, User } from '../world/world.ts';
import { makeRepository } from './make-repository.ts';

export type ForkAdmin = {
  /** A fork under the same name that `user` owns, with the branches and tags of now. It sees the parent's objects, as forks at GitHub do. */
  fork(repository: Repository, user: User): Promise<Repository>;
};

export function createForkAdmin(context: SimulatorContext): ForkAdmin {
  return {
    fork: async (repository, user) => {
      const key = `${user.login}/${repository.name}`;
      if (context.world.repositories.has(key)) throw new Error(`There is already a repository ${key}.`);
      const fork = await makeRepository(context, { owner: user.login, name: repository.name, createdAt: context.clock.now(), visibility: repository.visibility, parent: fullNameOf(repository) });
      const info = join(fork.gitDir, 'objects', 'info');
      await mkdir(info, { recursive: true });
      await writeFile(join(info, 'alternates'), `${join(repository.gitDir, 'objects')}\n`);
      const refs = (await listRefs(repository.objects, '')).filter(({ ref }) => /^refs\/(heads|tags)\//.test(ref));
      await runGit(fork.gitDir, ['update-ref', '--stdin'], { input: Buffer.from(refs.map(({ ref, sha }) => `create ${ref} ${sha}\n`).join('')) });
      context.world.repositories.set(key, fork);
      return fork;
    },
  };
}
