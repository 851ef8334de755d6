import type { Instant } from './calendar.ts';
import { rankHeap } from './rank-heap.ts';
import type { Ranked } from './rank-heap.ts';

/** The rank where nothing holds. */
export const nothing = -1;

/** A stretch of time in which one rank counts. */
export type Stretch = Ranked;

/** Divides `[from, to)` into stretches without a gap, no two neighbours of one rank. Takes time in proportion to n log n of the spans. */
export function paint(spans: readonly Ranked[], from: Instant, to: Instant): readonly Stretch[] {
  const waiting = spans.filter((span) => span.from < to && span.to > from && span.from < span.to).sort((a, b) => a.from - b.from);
  const holding = rankHeap();
  const stretches: Stretch[] = [];
  let next = 0;
  for (let at = from; at < to; ) {
    for (let span = waiting[next]; span !== undefined && span.from <= at; span = waiting[next]) {
      holding.push(span);
      next += 1;
    }
    const top = holding.topAt(at);
    const end = Math.min(top?.to ?? Infinity, waiting[next]?.from ?? Infinity, to);
    addStretch(stretches, { from: at, to: end, rank: top?.rank ?? nothing });
    at = end;
  }
  return stretches;
}

function addStretch(stretches: Stretch[], stretch: Stretch): void {
  const last = stretches.at(-1);
  if (last?.rank === stretch.rank) stretches[stretches.length - 1] = { ...last, to: stretch.to };
  else stretches.push(stretch);
}
