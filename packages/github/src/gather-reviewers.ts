import { partialList } from '@sallyport/gates';
import type { FactList, MergeFacts, Person, ReviewFact } from '@sallyport/gates';
import type { Policy } from '@sallyport/policy';
import * as z from 'zod';
import { collaborator } from './answers/pull.ts';
import { readMembership, readRole } from './find-people.ts';
import { peopleIn } from './gather-reviews.ts';
import { listFact, readPagesOr } from './paginate.ts';
import { of } from './repository.ts';
import type { Place } from './repository.ts';

/** Role and team memberships, as they are now, of everyone who reviewed or dismissed a review. */
export async function gatherReviewers(place: Place, reviews: readonly ReviewFact[], policy: Policy): Promise<MergeFacts['reviewers']> {
  const teams = [...new Set(policy.merge.review.sensitive.flatMap(({ team }) => (team === null ? [] : [team])))];
  return Promise.all(
    peopleIn(reviews).map(async (person) => {
      const [role, memberships] = await Promise.all([readRole(place, person), Promise.all(teams.map(async (team) => ({ team, membership: await readMembership(place, person, team) })))]);
      return { person, role, teams: memberships };
    }),
  );
}

/** People who can push, to name who could review. Listing them needs push access. */
export async function gatherCandidates(place: Place): Promise<FactList<Person>> {
  const answer = await readPagesOr(place.client, [403, 404], {
    route: 'GET /repos/{owner}/{repo}/collaborators',
    parameters: { ...of(place), permission: 'push' },
    shape: z.array(collaborator),
    why: 'to name who could review',
  });
  if (!answer.ok) return partialList([], `GitHub does not let this token list the people with access: ${answer.message}`);
  const people = answer.pages.flat().flatMap(({ person, push }) => (push && person.kind === 'user' ? [person] : []));
  return listFact('people with access', people, answer);
}
