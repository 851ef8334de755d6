import * as z from 'zod';
import type { Pull, Repository, Review } from '../world/world.ts';

const parameters = z.object({
  required_approving_review_count: z.number().default(0),
  dismiss_stale_reviews_on_push: z.boolean().default(false),
  require_last_push_approval: z.boolean().default(false),
});
export type PullRule = z.output<typeof parameters>;

export const parsePullRule = (value: unknown): PullRule => parameters.parse(value ?? {});

const writers: ReadonlySet<string> = new Set(['write', 'maintain', 'admin']);

/** Reviews still missing for a merge, in GitHub's words. */
export function missingReviews(repository: Repository, pull: Pull, rule: PullRule): readonly string[] {
  const standing = [...latestOpinions(pull).values()].filter((review) => writers.has(repository.collaborators.get(review.user.id) ?? ''));
  const approvals = standing.filter((review) => review.state === 'APPROVED').length;
  const needed = rule.required_approving_review_count;
  return [
    ...(approvals < needed ? [`At least ${String(needed)} approving review${needed === 1 ? ' is' : 's are'} required by reviewers with write access.`] : []),
    ...(needed > 0 && standing.some((review) => review.state === 'CHANGES_REQUESTED') ? ['Changes have been requested.'] : []),
  ];
}

/** The last approval or objection of every reviewer; comments do not replace an opinion. */
function latestOpinions(pull: Pull): ReadonlyMap<number, Review> {
  const latest = new Map<number, Review>();
  for (const review of pull.reviews) if (review.state !== 'COMMENTED' && review.state !== 'PENDING') latest.set(review.user.id, review);
  return latest;
}
