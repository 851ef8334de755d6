import type { Instant } from '@sallyport/calendar';
import type { MergeFacts } from '../facts/merge-facts.ts';

/**
 * When the head branch last moved, if that movement made the head; null when the push history does not show it.
 * Two movements may carry the same second: whoever approves strictly after the last of them saw the head.
 */
export function headSince({ pullRequest, pushes }: MergeFacts): Instant | null {
  if (!pushes.complete || pushes.items.length === 0) return null;
  const lastAt = pushes.items.reduce((latest, { pushedAt }) => Math.max(latest, pushedAt), -Infinity);
  const madeHead = pushes.items.some(({ after, pushedAt }) => pushedAt === lastAt && after === pullRequest.head.sha);
  return madeHead ? lastAt : null;
}
