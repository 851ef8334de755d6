import { known, unknown } from '@sallyport/gates';
import type { Fact, Person, Role } from '@sallyport/gates';
import * as z from 'zod';
import { membershipAnswer, permissionAnswer } from './answers/pull.ts';
import { account } from './answers/shared.ts';
import { of } from './repository.ts';
import type { Place } from './repository.ts';

export type Membership = 'active' | 'pending' | 'none';

const roles = new Map<string, Role>([['none', 'none'], ['read', 'read'], ['triage', 'triage'], ['write', 'write'], ['maintain', 'maintain'], ['admin', 'admin']]);

/** A person's role in the repository now (GitHub's `role_name`; custom roles are `other`). */
export async function readRole(place: Place, person: Person): Promise<Fact<Role>> {
  if (person.kind !== 'user') return unknown(`${person.login} is not a person`);
  const answer = await place.client.askOr([403, 404], {
    route: 'GET /repos/{owner}/{repo}/collaborators/{username}/permission',
    parameters: { ...of(place), username: person.login },
    shape: permissionAnswer,
    why: `to read the role of ${person.login}`,
  });
  if (!answer.ok) return answer.status === 404 ? known('none') : unknown(`GitHub does not let this token read roles: ${answer.message}`);
  const { user, role_name: name } = answer.data;
  if (user?.id !== person.id) return unknown(`the login ${person.login} now belongs to another account`);
  return known(roles.get(name) ?? 'other');
}

/** A person's membership of `organisation/slug` now. A team that cannot be seen is unknown, never `none`. */
export async function readMembership(place: Place, person: Person, team: string): Promise<Fact<Membership>> {
  const [organisation = '', slug = '', ...rest] = team.split('/');
  if (organisation === '' || slug === '' || rest.length > 0) return unknown(`${team} is not the name of a team (organisation/slug)`);
  if (person.kind !== 'user') return known('none');
  const parameters = { org: organisation, team_slug: slug };
  const answer = await place.client.askOr([403, 404], { route: 'GET /orgs/{org}/teams/{team_slug}/memberships/{username}', parameters: { ...parameters, username: person.login }, shape: membershipAnswer, why: `to read whether ${person.login} belongs to ${team}` });
  if (answer.ok) return membershipOf(place, person, answer.data.state);
  if (answer.status === 403) return unknown(`GitHub does not let this token read team memberships (Members: read is needed): ${answer.message}`);
  const seen = await place.client.askOr([403, 404], { route: 'GET /orgs/{org}/teams/{team_slug}/members', parameters: { ...parameters, per_page: 1 }, shape: z.array(account), why: `to see the team ${team}` });
  return seen.ok ? known('none') : unknown(`the team ${team} does not exist or cannot be seen with this token`);
}

async function membershipOf(place: Place, person: Person, state: string): Promise<Fact<Membership>> {
  if (state !== 'active') return state === 'pending' ? known('pending') : unknown(`GitHub calls the membership of ${person.login} “${state}”`);
  // The answer names only the login, which may have changed hands (a login can be taken over, an id cannot).
  const holder = await findAccount(place, person.login);
  return holder?.id === person.id ? known('active') : unknown(`the login ${person.login} now belongs to another account`);
}

/** The account that has a login now; null when nobody has. */
export async function findAccount({ client }: Place, login: string): Promise<Person | null> {
  const answer = await client.askOr([404], { route: 'GET /users/{username}', parameters: { username: login }, shape: account, why: 'to find the account of that name' });
  return answer.ok ? answer.data : null;
}
