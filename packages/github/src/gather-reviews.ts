import { completeList, partialList, unknown } from '@sallyport/gates';
import type { MergeFacts, Person, ReviewFact } from '@sallyport/gates';
import { OutsideError } from '@sallyport/pipeline';
import type { PullAnswer, ReviewAnswer } from './answers/pull.ts';
import { personFact } from './answers/shared.ts';
import type { Opening } from './gather-opening.ts';
import { dismissalsIn } from './gather-timeline.ts';
import type { Dismissal } from './gather-timeline.ts';

const states = new Map<string, ReviewFact['state']>([['APPROVED', 'approved'], ['CHANGES_REQUESTED', 'changes-requested'], ['COMMENTED', 'commented'], ['DISMISSED', 'dismissed']]);

/** Every submitted review, with who dismissed it where that happened. */
export async function reviewsOf({ pull, reviews, timeline }: Opening): Promise<MergeFacts['reviews']> {
  const [given, { items: events }] = await Promise.all([reviews, timeline]);
  const dismissals = dismissalsIn(events);
  const facts = given.items.filter(({ state }) => state !== 'PENDING').map((answer) => reviewFact(pull, answer, dismissals.get(answer.id)));
  return given.ended ? completeList(facts) : partialList(facts, `there are more reviews than the ${facts.length} that were read`);
}

function reviewFact(pull: PullAnswer, answer: ReviewAnswer, dismissal: Dismissal | undefined): ReviewFact {
  const state = states.get(answer.state);
  if (state === undefined || answer.submitted_at === undefined) {
    throw new OutsideError('malformed-answer', `GitHub calls review ${answer.id} “${answer.state}”, which is none of the states it documents. No decision is made on a review that is not understood.`, { retryable: false });
  }
  return {
    id: answer.id,
    pullRequest: pullRequestOf(answer, pull),
    reviewer: personFact(answer.user, 'the account that reviewed no longer exists'),
    state,
    submittedAt: answer.submitted_at,
    commitId: answer.commit_id,
    dismissedBy: state === 'dismissed' ? (dismissal?.by ?? unknown('the timeline does not show who dismissed it')) : null,
    ...(state === 'dismissed' && dismissal?.stateBefore !== undefined ? { dismissedState: dismissal.stateBefore } : {}),
    url: answer.html_url,
  };
}

/** What the review itself says it belongs to. A review of another repository in this list is a broken answer. */
function pullRequestOf({ id, pull_request_url: url }: ReviewAnswer, { base }: PullAnswer): number {
  const match = /\/repos\/([^/]+)\/([^/]+)\/pulls\/(\d{1,15})$/.exec(url);
  const here = `${base.repo.owner.login}/${base.repo.name}`.toLowerCase();
  if (match === null || `${match[1] ?? ''}/${match[2] ?? ''}`.toLowerCase() !== here) {
    throw new OutsideError('malformed-answer', `Review ${id} belongs to ${url}, which is no pull request of ${base.repo.owner.login}/${base.repo.name}. No decision is made on reviews of something else.`, { retryable: false });
  }
  return Number(match[3]);
}

/** Everyone who reviewed or dismissed, each once. */
export function peopleIn(reviews: readonly ReviewFact[]): readonly Person[] {
  const facts = reviews.flatMap(({ reviewer, dismissedBy }) => [reviewer, dismissedBy ?? unknown('not dismissed')]);
  return [...new Map(facts.flatMap((fact) => ('known' in fact ? [[fact.known.id, fact.known] as const] : []))).values()];
}

/** Approvals that are the latest opinion of the person who gave them. Comments are no opinions. */
export function standingApprovals(reviews: readonly ReviewFact[]): readonly ReviewFact[] {
  const ordered = [...reviews].sort((one, other) => one.submittedAt - other.submittedAt || one.id - other.id);
  const opinions = ordered.flatMap((review) => (review.state !== 'commented' && 'known' in review.reviewer ? [[review.reviewer.known.id, review] as const] : []));
  return [...new Map(opinions).values()].filter(({ state }) => state === 'approved');
}
