import { hasRole, roleOf } from '../auth/authorize.ts';
import { fullNameOf } from '../http/present/repository.ts';
import type { App, Repository, User, World } from '../world/world.ts';

/** Whether someone owns an account: themselves, or an organisation. */
export const ownsAccount = (world: World, user: User, account: string): boolean => user.login === account || world.organizations.get(account)?.owners.has(user.id) === true;

/** Whether an account may have the App at all: a private one belongs on its owner's account only. */
const mayHave = (app: App, account: string): boolean => app.registration === undefined || app.registration.isPublic || app.registration.owner === account;

/** What concerns the whole organisation is granted by who owns it, not by a repository's admin. */
const asksOfOrganization = (app: App): boolean => Object.keys(app.permissions).some((name) => name === 'members' || name.startsWith('organization_'));

/** The repositories on which someone may install an App. */
export function installable(world: World, app: App, user: User): readonly Repository[] {
  return [...world.repositories.values()].filter(
    (repository) => mayHave(app, repository.owner) && (ownsAccount(world, user, repository.owner) || (hasRole(roleOf(repository, user), 'admin') && !asksOfOrganization(app))),
  );
}

/** Installs the App on these repositories of one account, beside those it has there. false: the person may not, or it stands on another account. */
export function installApp(world: World, app: App, user: User, repositories: readonly Repository[], at: number): boolean {
  const [first] = repositories;
  const allowed = installable(world, app, user);
  if (first === undefined || app.installation === undefined || repositories.some((one) => one.owner !== first.owner || !allowed.includes(one))) return false;
  if (app.installation !== null && app.installation.account !== first.owner) return false;
  const known = app.installation?.repositories ?? [];
  if (known === 'all') return true;
  app.installation = { account: first.owner, repositories: new Set([...known, ...repositories.map(fullNameOf)]), createdAt: app.installation?.createdAt ?? at };
  return true;
}
