import type { Instant } from './calendar.ts';
import { rankHeap } from './rank-heap.ts';
import type { Ranked } from './rank-heap.ts';

/** The rank where nothing holds. */
export const nothing = -1;

/** A stretch of time in which one rank counts. */
export type Stretch = Ranked;

/** Divides `[from, to)` into stretches without a gap, no two neighbours of one rank. Takes time in proportion to n log n of the spans. */
export function paint(spans: readonly Ranked[], from: Instant, to: Instant): readonly Stretch[] {
  const waiting = [...spans].sort((a, b) => a.from - b.from);
  // Some of them twice: what lies between two of one instant is joined to what follows.
  const within = spans.flatMap((span) => [span.from, span.to]).filter((at) => from < at && at < to);
  const bounds = [from, ...within.sort((a, b) => a - b), to];
  const holding = rankHeap();
  const stretches: Stretch[] = [];
  let next = 0;
  for (const [index, at] of bounds.slice(0, -1).entries()) {
    for (let span = waiting[next]; span !== undefined && span.from <= at; span = waiting[next]) {
      holding.push(span);
      next += 1;
    }
    addStretch(stretches, { from: at, to: bounds[index + 1] ?? to, rank: holding.topAt(at)?.rank ?? nothing });
  }
  return stretches;
}

function addStretch(stretches: Stretch[], stretch: Stretch): void {
  const last = stretches.at(-1);
  if (last?.rank === stretch.rank) stretches[stretches.length - 1] = { ...last, to: stretch.to };
  else stretches.push(stretch);
}
