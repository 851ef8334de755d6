import type { MergeFacts, ReviewFact } from '../facts/merge-facts.ts';
import type { Person } from '../facts/shared.ts';

/** A review by someone who is known. */
export type KnownReview = ReviewFact & { readonly person: Person };

/** Reviews of this pull request by known people in the order they were given. What someone said elsewhere takes nothing back here (A14). */
function knownReviews({ reviews, pullRequest }: MergeFacts): readonly KnownReview[] {
  return reviews.items
    .filter((review) => review.pullRequest === pullRequest.number)
    .sort((a, b) => a.submittedAt - b.submittedAt || a.id - b.id)
    .flatMap((review) => ('known' in review.reviewer ? [{ ...review, person: review.reviewer.known }] : []));
}

/** Each person's latest opinion, in the order of their ids. Comments are no opinions and change none. */
export function latestOpinions(facts: MergeFacts): readonly KnownReview[] {
  const latest = new Map<number, KnownReview>();
  for (const review of knownReviews(facts)) {
    if (review.state !== 'commented') latest.set(review.person.id, review);
  }
  return [...latest.values()].sort((a, b) => a.person.id - b.person.id);
}
