import { completeList, partialList } from '@sallyport/gates';
import type { FactList, MergeFacts, Person, ReviewFact } from '@sallyport/gates';
import { findRole, readTeam } from './find-people.ts';
import type { Collaborators } from './find-people.ts';
import { peopleIn, standingApprovals } from './gather-reviews.ts';
import type { Place } from './repository.ts';

/** Role and team memberships, as they are now, of everyone who reviewed or dismissed a review. Teams matter only once someone approves. */
export async function gatherReviewers(place: Place, reviews: readonly ReviewFact[], collaborators: Collaborators, teams: readonly string[]): Promise<MergeFacts['reviewers']> {
  // GitHub tells teams apart in any case, and each may be named by the policy and by the code owners.
  const wanted = standingApprovals(reviews).length === 0 ? [] : [...new Set(teams.map((team) => team.toLowerCase()))];
  const asked = wanted.map((team) => ({ team, membershipOf: readTeam(place, team) }));
  return Promise.all(
    peopleIn(reviews).map(async (person) => {
      const [role, memberships] = await Promise.all([findRole(place, person, collaborators), Promise.all(asked.map(async ({ team, membershipOf }) => ({ team, membership: await membershipOf(person) })))]);
      return { person, role, teams: memberships };
    }),
  );
}

/** People who can push, to name who could review. */
export function candidatesOf(collaborators: Collaborators): FactList<Person> {
  const people = collaborators.items.flatMap(({ person, push }) => (push && person.kind === 'user' ? [person] : []));
  return collaborators.complete ? completeList(people) : partialList(people, collaborators.missing);
}
