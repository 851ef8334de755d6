import { renderPath } from '@sallyport/policy';
import type { WindowPolicy } from '@sallyport/policy';
import type { Interval } from '../calendar.ts';
import { describeInstant } from '../describe-instant.ts';
import { prepareCalendar } from '../prepare-calendar.ts';
import type { LintFinding } from './lint-finding.ts';
import type { LintScope } from './lint-scope.ts';
import { firstOf, lengthText } from './lint-words.ts';

/** Times without an opening, by rules and freezes together, that are longer than they may be; one finding for a window. */
export function lintGaps(window: WindowPolicy, { freezes, elsewhere, from, to, maxGapMilliseconds }: LintScope): readonly LintFinding[] {
  const calendar = prepareCalendar({ window, freezes: [...freezes, ...elsewhere] });
  const gaps = calendar
    .stretches(from, to)
    .filter(({ kind }) => kind !== 'open')
    .reduce<Interval[]>((joined, one) => {
      const last = joined.at(-1);
      if (last?.to === one.from) joined[joined.length - 1] = { from: last.from, to: one.to };
      else joined.push({ from: one.from, to: one.to });
      return joined;
    }, [])
    .filter((gap) => gap.to - gap.from > maxGapMilliseconds);
  const [first] = gaps;
  if (first === undefined) return [];
  const path = ['windows', window.name];
  const limit = lengthText(maxGapMilliseconds);
  const when = (at: number): string => describeInstant(at, window.zone);
  const what = first.to >= to ? `is closed from ${when(first.from)} on, as far as was looked (${when(to)})` : `is closed for ${lengthText(first.to - first.from)}, from ${when(first.from)} to ${when(first.to)}`;
  const more = gaps.length === 1 ? '' : `, and ${gaps.length - 1} more ${gaps.length === 2 ? 'time' : 'times'}`;
  return [{ severity: 'warning', code: 'long-gap', path, message: `${renderPath(path)} ${what}${more}, which is longer than ${limit}: what is ready waits as long; add an extra window, end a freeze sooner, or allow longer gaps.`, instants: firstOf(gaps.map((gap) => gap.from)) }];
}
