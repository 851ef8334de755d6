import type { Interval } from '@sallyport/calendar';

/** Sets of half-open spans of time. Every answer is sorted, without empty, overlapping or touching spans. */
export function unionOf(spans: readonly Interval[]): readonly Interval[] {
  const joined: Interval[] = [];
  for (const span of spans.filter(({ from, to }) => from < to).toSorted((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last !== undefined && span.from <= last.to) joined[joined.length - 1] = { from: last.from, to: Math.max(last.to, span.to) };
    else joined.push(span);
  }
  return joined;
}

export const intersectionOf = (one: readonly Interval[], other: readonly Interval[]): readonly Interval[] =>
  unionOf(one.flatMap((a) => other.map((b) => ({ from: Math.max(a.from, b.from), to: Math.min(a.to, b.to) }))));

export const differenceOf = (whole: readonly Interval[], holes: readonly Interval[]): readonly Interval[] =>
  unionOf(holes).reduce<readonly Interval[]>((left, hole) => left.flatMap(({ from, to }) => [{ from, to: Math.min(to, hole.from) }, { from: Math.max(from, hole.to), to }].filter((part) => part.from < part.to)), unionOf(whole));

export const lengthOf = (spans: readonly Interval[]): number => unionOf(spans).reduce((sum, { from, to }) => sum + to - from, 0);
