import { known, unknown } from '@sallyport/gates';
import type { Fact, FactList, Person, Role } from '@sallyport/gates';
import * as z from 'zod';
import { collaborator, membershipAnswer, permissionAnswer } from './answers/pull.ts';
import type { CollaboratorAnswer } from './answers/pull.ts';
import { account } from './answers/shared.ts';
import { linkQuery, perPage } from './paginate.ts';
import { of } from './repository.ts';
import type { Place } from './repository.ts';

export type Membership = 'active' | 'pending' | 'none';

const roles = new Map<string, Role>([['none', 'none'], ['read', 'read'], ['triage', 'triage'], ['write', 'write'], ['maintain', 'maintain'], ['admin', 'admin']]);

/** The first page of the people with access: in most repositories all of them. A refusal leaves an empty list with the reason. */
export type Collaborators = FactList<CollaboratorAnswer>;

/** Everyone on one page, with roles, for the price of one question. */
export async function readCollaborators(place: Place): Promise<Collaborators> {
  const answer = await place.client.askOr([403, 404], { route: 'GET /repos/{owner}/{repo}/collaborators', parameters: { ...of(place), per_page: perPage }, shape: z.array(collaborator), why: 'to read roles and to name who could review' });
  if (!answer.ok) return { items: [], complete: false, missing: `GitHub does not let this token list the people with access: ${answer.message}` };
  if (linkQuery(answer.link, 'next') === null) return { items: answer.data, complete: true };
  return { items: answer.data, complete: false, missing: `only the first ${answer.data.length} people with access were read` };
}

/** A person's role in the repository now (GitHub's `role_name`; custom roles are `other`), from the list where it shows the account. */
export async function findRole(place: Place, person: Person, collaborators: Collaborators): Promise<Fact<Role>> {
  if (person.kind !== 'user') return unknown(`${person.login} is not a person`);
  const listed = collaborators.items.find((candidate) => candidate.person.id === person.id);
  if (listed !== undefined && listed.role !== null) return known(roles.get(listed.role) ?? 'other');
  return listed === undefined && collaborators.complete ? known('none') : readRole(place, person);
}

/** The same of one person, asked for. */
export async function readRole(place: Place, person: Person): Promise<Fact<Role>> {
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
  const parameters = teamParameters(team);
  if (parameters === null) return noTeam(team);
  if (person.kind !== 'user') return known('none');
  const answer = await place.client.askOr([403, 404], { route: 'GET /orgs/{org}/teams/{team_slug}/memberships/{username}', parameters: { ...parameters, username: person.login }, shape: membershipAnswer, why: `to read whether ${person.login} belongs to ${team}` });
  if (answer.ok) return membershipOf(place, person, answer.data.state);
  if (answer.status === 403) return unknown(`GitHub does not let this token read team memberships (Members: read is needed): ${answer.message}`);
  const seen = await place.client.askOr([403, 404], { route: 'GET /orgs/{org}/teams/{team_slug}/members', parameters: { ...parameters, per_page: 1 }, shape: z.array(account), why: `to see the team ${team}` });
  return seen.ok ? known('none') : unseenTeam(team);
}

/**
 * Asks for a team's members once and answers for anyone from that page. The list has ids, so a login that changed hands
 * deceives nobody. Someone missing from the first of several pages is asked for alone.
 */
export function readTeam(place: Place, team: string): (person: Person) => Promise<Fact<Membership>> {
  const parameters = teamParameters(team);
  if (parameters === null) return () => Promise.resolve(noTeam(team));
  const asked = place.client.askOr([403, 404], { route: 'GET /orgs/{org}/teams/{team_slug}/members', parameters: { ...parameters, per_page: perPage }, shape: z.array(account), why: `to read who belongs to ${team}` });
  asked.catch(() => undefined);
  return async (person) => {
    const answer = await asked;
    if (!answer.ok) return answer.status === 403 ? unknown(`GitHub does not let this token read team memberships (Members: read is needed): ${answer.message}`) : unseenTeam(team);
    if (answer.data.some(({ id }) => id === person.id)) return known('active');
    return linkQuery(answer.link, 'next') === null ? known('none') : readMembership(place, person, team);
  };
}

const noTeam = (team: string): Fact<never> => unknown(`${team} is not the name of a team (organisation/slug)`);
const unseenTeam = (team: string): Fact<never> => unknown(`the team ${team} does not exist or cannot be seen with this token`);

function teamParameters(team: string): { readonly org: string; readonly team_slug: string } | null {
  const [organisation = '', slug = '', ...rest] = team.split('/');
  return organisation === '' || slug === '' || rest.length > 0 ? null : { org: organisation, team_slug: slug };
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
