import type { Fact } from '../facts/fact.ts';
import { unknown } from '../facts/fact.ts';
import type { MergeFacts } from '../facts/merge-facts.ts';
import type { Person, Role } from '../facts/shared.ts';

type Membership = 'active' | 'pending' | 'none';

/** A reviewer's role now. Someone listed twice, or not at all, has none that is known. */
export function roleOf({ reviewers }: MergeFacts, person: Person): Fact<Role> {
  const entries = reviewers.filter((entry) => entry.person.id === person.id);
  const [entry] = entries;
  if (entry === undefined) return unknown(`the role of ${person.login} was not read`);
  return entries.length === 1 ? entry.role : unknown(`${person.login} is listed ${entries.length} times among the reviewers`);
}

/** A reviewer's membership of a team now, under the same rule. */
export function membershipOf({ reviewers }: MergeFacts, person: Person, team: string): Fact<Membership> {
  const entries = reviewers.filter((entry) => entry.person.id === person.id).flatMap(({ teams }) => teams.filter((entry) => entry.team.toLowerCase() === team.toLowerCase()));
  const [entry] = entries;
  if (entry === undefined) return unknown(`whether ${person.login} belongs to ${team} was not read`);
  return entries.length === 1 ? entry.membership : unknown(`${team} is listed ${entries.length} times for ${person.login}`);
}

const ladder: readonly Role[] = ['write', 'maintain', 'admin'];

/** Is `role` at least `permission`? Roles off the ladder (custom ones too) are not. */
export const permits = (role: Role, permission: 'write' | 'maintain' | 'admin'): boolean => ladder.indexOf(role) >= ladder.indexOf(permission);
