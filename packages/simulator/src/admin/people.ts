import type { SimulatorContext } from '../context.ts';
import type { Repository, User } from '../world/world.ts';

/** What becomes of accounts. */
export type PeopleAdmin = {
  /** The account is gone: reviews and commits show nobody, everything else the ghost; its tokens and roles end. The login is free again. */
  deleteUser(user: User): void;
  /** The account keeps its number; the old login is free for anybody. */
  renameUser(user: User, login: string): void;
  /** A suspended account is found nowhere, and its tokens do not hold. */
  setSuspended(user: User, suspended: boolean): void;
  /** Takes someone's role in a repository away. */
  removeRole(repository: Repository, user: User): void;
};

export function createPeopleAdmin({ world }: SimulatorContext): PeopleAdmin {
  return {
    deleteUser: (user) => {
      refuseOwner(world.repositories, user);
      world.users.delete(user.login);
      for (const [secret, token] of world.tokens) if (token.kind === 'user' && token.user === user) world.tokens.delete(secret);
      for (const team of world.teams.values()) team.members.delete(user.id);
      for (const repository of world.repositories.values()) forget(repository, user);
      user.deleted = true;
    },
    renameUser: (user, login) => {
      refuseOwner(world.repositories, user);
      if (world.users.has(login)) throw new Error(`There is already a user ${login}.`);
      world.users.delete(user.login);
      user.login = login;
      world.users.set(login, user);
    },
    setSuspended: (user, suspended) => {
      user.suspended = suspended;
    },
    removeRole: (repository, user) => {
      repository.collaborators.delete(user.id);
    },
  };
}

function refuseOwner(repositories: ReadonlyMap<string, Repository>, user: User): void {
  for (const [name, { owner }] of repositories) if (owner === user.login) throw new Error(`not simulated: the end or renaming of ${user.login}, who owns ${name}.`);
}

function forget(repository: Repository, user: User): void {
  repository.collaborators.delete(user.id);
  for (const { requestedReviewers } of repository.pulls.values()) {
    const at = requestedReviewers.indexOf(user);
    if (at !== -1) requestedReviewers.splice(at, 1);
  }
}
