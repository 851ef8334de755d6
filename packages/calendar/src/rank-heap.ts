import type { Instant, Interval } from './calendar.ts';

/** A span of time with its rank: where several hold, the lowest counts. */
export type Ranked = Interval & { readonly rank: number };

/** Spans that have begun, the lowest rank first. */
export type RankHeap = {
  readonly push: (span: Ranked) => void;
  /** The lowest rank that has not ended at `at`; what has ended on the way to it is forgotten. */
  readonly topAt: (at: Instant) => Ranked | undefined;
};

/** A binary heap: both operations take time in proportion to the logarithm of what it holds. */
export function rankHeap(): RankHeap {
  const heap: Ranked[] = [];
  const rankAt = (index: number): number => heap[index]?.rank ?? Infinity;
  const swap = (one: number, other: number): void => {
    const [first, second] = [heap[one], heap[other]];
    if (first !== undefined && second !== undefined) [heap[one], heap[other]] = [second, first];
  };
  const rise = (index: number): void => {
    for (let child = index, parent = (index - 1) >> 1; child > 0 && rankAt(child) < rankAt(parent); child = parent, parent = (child - 1) >> 1) swap(child, parent);
  };
  const sink = (): void => {
    for (let parent = 0; ; ) {
      const child = rankAt(2 * parent + 1) <= rankAt(2 * parent + 2) ? 2 * parent + 1 : 2 * parent + 2;
      if (rankAt(child) >= rankAt(parent)) return;
      swap(child, parent);
      parent = child;
    }
  };
  const removeTop = (): void => {
    swap(0, heap.length - 1);
    heap.pop();
    sink();
  };
  return {
    push: (span) => {
      heap.push(span);
      rise(heap.length - 1);
    },
    topAt: (at) => {
      while (heap[0] !== undefined && heap[0].to <= at) removeTop();
      return heap[0];
    },
  };
}
