import { describe, expect, it } from 'vitest';
import { completeList, partialList } from '../facts/fact.ts';
import type { PushFact } from '../facts/merge-facts.ts';
import { ana, fakeSha, pushBy } from '../testing/index.ts';
import { headBefore, mayHaveMovedReviews, movementsOf } from './movements.ts';

const [a, b, c, d] = [fakeSha('0a'), fakeSha('0b'), fakeSha('0c'), fakeSha('0d')];
const move = (before: string, after: string, pushedAt: number, kind: PushFact['kind'] = 'push'): PushFact => pushBy(ana, { before, after, pushedAt, kind });

describe('the head before an instant', () => {
  const history = [move(a, b, 1000), move(b, c, 2000)];
  it.each<[string, readonly PushFact[], number, string | null]>([
    ['is not told before the first movement', history, 999, null],
    ['is not told within the second of a movement', history, 1000, null],
    ['is what the movement made from then on', history, 1001, b],
    ['is not told within the second of the next one', history, 2000, null],
    ['is the last one at the end', history, Infinity, c],
    ['is where several movements of one second lead', [move(a, b, 1000), move(c, d, 2000), move(b, c, 2000)], 3000, d],
    ['is not told where they lead to two places', [move(a, b, 1000), move(b, c, 2000), move(b, d, 2000)], 3000, null],
    ['is not told where they lead round in a circle', [move(b, c, 2000), move(c, b, 2000)], 3000, null],
    ['is not confused by what was left in an earlier second', [move(a, b, 1000), move(b, c, 1000), move(c, d, 2000)], 3000, d],
  ])('%s', (_name, movements, at, sha) => {
    expect(headBefore(movements, at)?.sha ?? null).toBe(sha);
  });

  it('has been it since the movement', () => {
    expect(headBefore(history, 1500)).toEqual({ sha: b, since: 1000 });
  });
});

describe('the movements of a branch', () => {
  it('come oldest first whatever the order of the list, and not at all when it is cut short', () => {
    const history = [move(b, c, 2000), move(a, b, 1000)];
    expect(movementsOf({ pushes: completeList(history) })).toEqual(history.toReversed());
    expect(movementsOf({ pushes: partialList(history, 'the rest') })).toBeNull();
  });

  it.each<[string, PushFact['kind'], number, boolean]>([
    ['a force-push afterwards', 'force-push', 3000, true],
    ['one in the same second', 'force-push', 2000, true],
    ['one before', 'force-push', 1999, false],
    ['a plain push afterwards', 'push', 3000, false],
    ['a deletion afterwards', 'deletion', 3000, true],
  ])('may have moved reviews: %s', (_name, kind, pushedAt, may) => {
    expect(mayHaveMovedReviews([move(a, b, pushedAt, kind)], 2000)).toBe(may);
  });
});
