import { collaboratorRole } from '../auth/authorize.ts';
import type { ActingUser } from '../auth/viewer.ts';
import type { Repository, RoleName, Ruleset, World } from '../world/world.ts';

/** GitHub's numbers of the built-in repository roles as bypass actors. */
const roleNumbers: Readonly<Record<number, RoleName>> = { 2: 'maintain', 4: 'write', 5: 'admin' };

/** bound: the rules hold; bypasses: what breaks them is let through and recorded; exempt: nobody asks. */
export type Standing = 'bound' | 'bypasses' | 'exempt';
type Entry = Ruleset['bypassActors'][number];

/**
 * How `actor` stands to a ruleset. Entries with `pull_request` bypass only when the update is a pull request's merge.
 * A role is matched exactly: the narrow reading, so that no test passes by a bypass that GitHub may not grant.
 */
export function standingOf(world: World, repository: Repository, ruleset: Ruleset, actor: ActingUser, throughPull: boolean): Standing {
  const entries = ruleset.bypassActors.filter((entry) => names(world, repository, entry, actor));
  if (entries.some(({ bypassMode }) => bypassMode === 'exempt')) return 'exempt';
  return entries.some(({ bypassMode }) => bypassMode === 'always' || throughPull) ? 'bypasses' : 'bound';
}

function names(world: World, repository: Repository, { actorId, actorType }: Entry, actor: ActingUser): boolean {
  switch (actorType) {
    case 'Integration':
      return actor.app === actorId;
    case 'User':
      return actor.app === null && actor.user.id === actorId;
    case 'RepositoryRole':
      return actor.app === null && roleNumbers[actorId] !== undefined && collaboratorRole(repository, actor.user) === roleNumbers[actorId];
    case 'Team':
      return actor.app === null && [...world.teams.values()].some((team) => team.id === actorId && team.members.get(actor.user.id) === 'active');
    case 'OrganizationAdmin':
      return actor.app === null && repository.organization?.owners.has(actor.user.id) === true;
    case 'DeployKey':
    case 'EnterpriseOwner':
      // Nobody comes with a deploy key, and no enterprise stands above an organisation.
      return false;
    default:
      return actorType satisfies never;
  }
}
