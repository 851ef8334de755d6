import { unknown } from '@sallyport/gates';
import type { Fact, MergeFacts, Person, ReviewFact } from '@sallyport/gates';
import { OutsideError } from '@sallyport/pipeline';
import * as z from 'zod';
import { review, timelineEvent } from './answers/pull.ts';
import type { ReviewAnswer } from './answers/pull.ts';
import { personFact } from './answers/shared.ts';
import { listFact, readPages } from './paginate.ts';
import { of } from './repository.ts';
import type { Place } from './repository.ts';

const states = new Map<string, ReviewFact['state']>([['APPROVED', 'approved'], ['CHANGES_REQUESTED', 'changes-requested'], ['COMMENTED', 'commented'], ['DISMISSED', 'dismissed']]);
const statesBefore = new Map<string, NonNullable<ReviewFact['dismissedState']>>([['approved', 'approved'], ['changes_requested', 'changes-requested'], ['commented', 'commented']]);

/** Every submitted review, with who dismissed it where that happened. */
export async function gatherReviews(place: Place, number: number): Promise<MergeFacts['reviews']> {
  const { pages, ended } = await readPages(place.client, { route: 'GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews', parameters: { ...of(place), pull_number: number }, shape: z.array(review), why: 'to read its reviews' });
  const submitted = pages.flat().filter(({ state }) => state !== 'PENDING');
  const dismissals = submitted.some(({ state }) => state === 'DISMISSED') ? await readDismissals(place, number) : new Map<number, Dismissal>();
  return listFact('reviews', submitted.map((answer) => reviewFact(answer, dismissals.get(answer.id))), { ended });
}

type Dismissal = { readonly by: Fact<Person>; readonly stateBefore: ReviewFact['dismissedState'] };

/** The latest dismissal of each review, from the timeline: the review itself does not name who dismissed it. */
async function readDismissals(place: Place, number: number): Promise<ReadonlyMap<number, Dismissal>> {
  const { pages } = await readPages(place.client, { route: 'GET /repos/{owner}/{repo}/issues/{issue_number}/timeline', parameters: { ...of(place), issue_number: number }, shape: z.array(timelineEvent), why: 'to read who dismissed a review' });
  return new Map(
    pages.flat().flatMap((event): [number, Dismissal][] =>
      event === null ? [] : [[event.dismissed_review.review_id, { by: personFact(event.actor, 'GitHub does not say who dismissed it'), stateBefore: statesBefore.get(event.dismissed_review.state.toLowerCase()) }]],
    ),
  );
}

function reviewFact(answer: ReviewAnswer, dismissal: Dismissal | undefined): ReviewFact {
  const state = states.get(answer.state);
  if (state === undefined || answer.submitted_at === undefined) {
    throw new OutsideError('malformed-answer', `GitHub calls review ${answer.id} “${answer.state}”, which is none of the states it documents. No decision is made on a review that is not understood.`, { retryable: false });
  }
  return {
    id: answer.id,
    reviewer: personFact(answer.user, 'the account that reviewed no longer exists'),
    state,
    submittedAt: answer.submitted_at,
    commitId: answer.commit_id,
    dismissedBy: state === 'dismissed' ? (dismissal?.by ?? unknown('the timeline does not show who dismissed it')) : null,
    ...(state === 'dismissed' && dismissal?.stateBefore !== undefined ? { dismissedState: dismissal.stateBefore } : {}),
    url: answer.html_url,
  };
}

/** Everyone who reviewed or dismissed, each once. */
export function peopleIn(reviews: readonly ReviewFact[]): readonly Person[] {
  const facts = reviews.flatMap(({ reviewer, dismissedBy }) => [reviewer, dismissedBy ?? unknown('not dismissed')]);
  return [...new Map(facts.flatMap((fact) => ('known' in fact ? [[fact.known.id, fact.known] as const] : []))).values()];
}
