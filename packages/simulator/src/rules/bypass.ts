import type { ActingUser } from '../auth/viewer.ts';
import type { Repository, RoleName, Ruleset, World } from '../world/world.ts';

/** GitHub's numbers of the built-in repository roles as bypass actors. */
const roleNumbers: Readonly<Record<number, RoleName>> = { 2: 'maintain', 4: 'write', 5: 'admin' };

/**
 * Whether `actor` stands outside a ruleset. Entries with `pull_request` bypass only when the update is a pull request's merge.
 * A role is matched exactly: the narrow reading, so that no test passes by a bypass that GitHub may not grant.
 */
export function bypasses(world: World, repository: Repository, ruleset: Ruleset, actor: ActingUser, throughPull: boolean): boolean {
  return ruleset.bypassActors.some((entry) => {
    if (entry.bypassMode === 'pull_request' && !throughPull) return false;
    switch (entry.actorType) {
      case 'Integration':
        return actor.app === entry.actorId;
      case 'RepositoryRole':
        return actor.app === null && roleNumbers[entry.actorId] !== undefined && repository.collaborators.get(actor.user.id) === roleNumbers[entry.actorId];
      case 'Team':
        return actor.app === null && [...world.teams.values()].some((team) => team.id === entry.actorId && team.members.get(actor.user.id) === 'active');
      case 'OrganizationAdmin':
        return false;
      default:
        return entry.actorType satisfies never;
    }
  });
}
