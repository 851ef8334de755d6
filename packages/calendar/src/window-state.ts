import type { WindowPolicy } from '@sallyport/policy';
import type { ClosedAnswer, Opening } from './calendar-answer.ts';
import { horizonMilliseconds } from './calendar-book.ts';
import type { Instant, Interval, WindowState } from './calendar.ts';
import { freezeIntervals } from './freeze-intervals.ts';
import type { Freeze } from './freeze-span.ts';
import { contains, mergeIntervals, subtractIntervals } from './interval.ts';
import { occurrences } from './occurrences.ts';
import { prepareCalendar } from './prepare-calendar.ts';

/**
 * The short answer, for one question: whoever has more of them prepares a calendar. `nextOpening` is null when none comes
 * within 400 days, and the `since` and `until` of a window that never closes are some instants at least that far away.
 * Throws `UnknownZoneError` on a zone that `checkZone` refuses as unknown.
 */
export function windowState(window: WindowPolicy, freezes: readonly Freeze[], at: Instant): WindowState {
  const answer = prepareCalendar({ window, freezes }).ask(at);
  const far = (): readonly Interval[] => openIntervals(window, freezes, at - horizonMilliseconds, at + horizonMilliseconds);
  const nextOpening = answer.nextOpening === null ? null : withEnd(answer.nextOpening, far);
  switch (answer.state) {
    case 'open': {
      const { since, until } = answer;
      const bounds = since === null || until === null ? far().find((interval) => contains(interval, at)) : undefined;
      return { state: 'open', window: window.name, since: since ?? bounds?.from ?? at, until: until ?? bounds?.to ?? at, nextOpening };
    }
    case 'closed':
      return { state: 'closed', window: window.name, ...reason(answer), nextOpening };
    default:
      return answer satisfies never;
  }
}

function withEnd({ from, to }: Opening, far: () => readonly Interval[]): Interval {
  return { from, to: to ?? far().find((interval) => contains(interval, from))?.to ?? from };
}

function reason({ why }: ClosedAnswer): Pick<Extract<WindowState, { readonly state: 'closed' }>, 'because' | 'freeze'> {
  return why.because === 'freeze' ? { because: 'freeze', freeze: why.freeze.name } : { because: 'outside-window', freeze: null };
}

/**
 * The open time of a window that touches `[from, to)`: its occurrences less the freezes, merged, in order. Bounds within
 * the span are exact; an interval that reaches out of it may go on further than it says. Works everything out anew.
 */
export function openIntervals(window: WindowPolicy, freezes: readonly Freeze[], from: Instant, to: Instant): readonly Interval[] {
  const open = occurrences(window, from, to);
  const [first, last] = [open[0]?.from ?? from, open.at(-1)?.to ?? to];
  const frozen = mergeIntervals(freezes.flatMap((freeze) => freezeIntervals(freeze, first, last)));
  return subtractIntervals(open, frozen).filter((interval) => interval.to > from && interval.from < to);
}
