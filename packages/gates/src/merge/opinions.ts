import type { MergeFacts, ReviewFact } from '../facts/merge-facts.ts';
import type { Person } from '../facts/shared.ts';

/** A review by someone who is known. */
export type Opinion = { readonly review: ReviewFact; readonly person: Person };

/**
 * Each person's latest opinion, by the person's id. Comments are no opinions and change none, and what someone said on
 * another pull request takes nothing back here (A14).
 */
export function latestOpinions({ reviews, pullRequest }: MergeFacts): ReadonlyMap<number, Opinion> {
  const latest = new Map<number, Opinion>();
  for (const review of reviews.items) {
    if (review.state === 'commented' || review.pullRequest !== pullRequest.number || !('known' in review.reviewer)) continue;
    const person = review.reviewer.known;
    const other = latest.get(person.id);
    if (other === undefined || isLater(review, other.review)) latest.set(person.id, { review, person });
  }
  return latest;
}

const isLater = (a: ReviewFact, b: ReviewFact): boolean => a.submittedAt > b.submittedAt || (a.submittedAt === b.submittedAt && a.id > b.id);
