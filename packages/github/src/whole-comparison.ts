import type { CommitAnswer } from './answers/commit.ts';
import { perPage } from './paginate.ts';

/** What each page of a comparison says of the whole. */
export type Whole = { readonly head: string; readonly mergeBase: string; readonly total: number };

/**
 * Are these commits, wherever they were read, all that the head has and the base has not? Yes, where they are as many as the comparison
 * counts, the head is among them, and every parent is among them or is the merge base. Nothing on the way from the head down to a
 * commit that the base has not is of the base. The first on that way that is not among these would be a parent of one of them, hence
 * the merge base, which is of the base. So none is missing, and by the count none is too many or there twice.
 *
 * To ask that the head reaches each of them would not be enough. The pull request's list can hold commits that have landed on the base
 * since: one of those, which the head reaches, could take the place of one that a merge brings in, and hide its author.
 */
export function isWholeComparison(commits: readonly CommitAnswer[], { head, mergeBase, total }: Whole): boolean {
  const members = new Set(commits.map(({ sha }) => sha));
  return commits.length === total && members.has(head) && commits.every(({ parents }) => parents.every(({ sha }) => sha === mergeBase || members.has(sha)));
}

/**
 * Can this page be the first of a whole comparison? Not one that grew from several commits, as where the base was merged in: asking for
 * the comparison's first page only when that has shown would cost a round trip.
 */
export function mayBeginComparison(page: readonly CommitAnswer[]): boolean {
  const own = new Set(page.map(({ sha }) => sha));
  const grownFrom = new Set(page.flatMap(({ parents }) => parents.map(({ sha }) => sha)).filter((sha) => !own.has(sha)));
  return page.length === perPage && grownFrom.size === 1;
}
