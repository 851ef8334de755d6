import type { Instant } from '@sallyport/calendar';
import { ascending } from '../ascending.ts';
import type { MergeFacts, PushFact } from '../facts/merge-facts.ts';

/** The head at some instant, and since when. */
export type BoundHead = { readonly sha: string; readonly since: Instant };

/** The movements of the head branch, oldest first whatever the order of the list; null when the list is not whole. */
export function movementsOf({ pushes }: Pick<MergeFacts, 'pushes'>): readonly PushFact[] | null {
  return pushes.complete ? ascending(pushes.items, ({ pushedAt }) => pushedAt) : null;
}

/**
 * The head just before `at`, as the push history tells it. null where it does not: before the first movement, within the very
 * second of one (GitHub tells whole seconds, so who was first is not known), or after several in one second that end in different places.
 */
export function headBefore(movements: readonly PushFact[], at: Instant): BoundHead | null {
  let last = movements.length - 1;
  while (last >= 0 && (movements[last]?.pushedAt ?? at) > at) last -= 1;
  const newest = movements[last];
  if (newest === undefined || newest.pushedAt === at) return null;
  let first = last;
  while (first > 0 && movements[first - 1]?.pushedAt === newest.pushedAt) first -= 1;
  const sha = first === last ? newest.after : endOf(movements.slice(first, last + 1));
  return sha === null ? null : { sha, since: newest.pushedAt };
}

/** Where movements of the same second lead: the one place that none of them starts from. */
function endOf(movements: readonly PushFact[]): string | null {
  const ends = new Set(movements.map(({ after }) => after).filter((sha) => !movements.some(({ before }) => before === sha)));
  const [end, ...others] = ends;
  return end === undefined || others.length > 0 ? null : end;
}

/** Did the branch move after `at` in a way on which GitHub may have tied older reviews to the new head? A plain push does not do that. */
export const mayHaveMovedReviews = (movements: readonly PushFact[], at: Instant): boolean => movements.some(({ pushedAt, kind }) => pushedAt >= at && kind !== 'push');
