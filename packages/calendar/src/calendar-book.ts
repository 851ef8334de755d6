import { makePage } from './calendar-page.ts';
import type { CalendarPage, Rules } from './calendar-page.ts';
import type { Instant, Interval } from './calendar.ts';
import { day } from './day-number.ts';

/** How far answers look, back and ahead, in milliseconds: 400 days. */
export const horizonMilliseconds = 400 * day;

/** The pages of a calendar, each worked out when it is first looked at, and the open time that runs on from page to page. */
export type CalendarBook = {
  readonly pageOf: (at: Instant) => CalendarPage;
  /** When the open time that holds `at` began and ends; infinite where that is further away than the horizon. */
  readonly openAround: (at: Instant) => Interval;
  /** The first open time that begins at `at` or later; null when none does within the horizon. */
  readonly openFrom: (at: Instant) => Interval | null;
  /** When the last open time that ended at `at` or before did so; minus infinity when none did within the horizon. */
  readonly closedSince: (at: Instant) => Instant;
};

/** A power of two, so that the page of an instant is found exactly. */
const pageSpan = 2 ** 33;
/** So many pages after a page, or before it, hold every instant within the horizon of every instant of the page. */
const reach = Math.ceil(horizonMilliseconds / pageSpan);

export function createBook(rules: Rules): CalendarBook {
  const pages = new Map<number, CalendarPage>();
  const page = (index: number): CalendarPage => {
    const known = pages.get(index);
    if (known !== undefined) return known;
    const made = makePage(rules, index * pageSpan, (index + 1) * pageSpan);
    pages.set(index, made);
    return made;
  };
  const indexOf = (at: Instant): number => Math.floor(at / pageSpan);

  /** Follows open time that reaches the end of its page. */
  const endOf = (index: number, to: Instant): Instant => {
    let end = to;
    for (let next = index + 1; end === next * pageSpan; next += 1) {
      if (next > index + reach) return Infinity;
      const first = page(next).open[0];
      if (first?.from !== end) return end;
      end = first.to;
    }
    return end;
  };
  const startOf = (index: number, from: Instant): Instant => {
    let start = from;
    for (let previous = index - 1; start === (previous + 1) * pageSpan; previous -= 1) {
      if (previous < index - reach) return -Infinity;
      const last = page(previous).open.at(-1);
      if (last?.to !== start) return start;
      start = last.from;
    }
    return start;
  };
  const runsOn = (index: number, { from }: Interval): boolean => from === index * pageSpan && page(index - 1).open.at(-1)?.to === from;

  return {
    pageOf: (at) => page(indexOf(at)),
    openAround: (at) => {
      const index = indexOf(at);
      const found = page(index).open.findLast((interval) => interval.from <= at);
      return found === undefined ? { from: at, to: at } : { from: startOf(index, found.from), to: endOf(index, found.to) };
    },
    openFrom: (at) => {
      for (let index = indexOf(at); index <= indexOf(at) + reach; index += 1) {
        const found = page(index).open.find((interval) => interval.from >= at && !runsOn(index, interval));
        if (found !== undefined) return { from: found.from, to: endOf(index, found.to) };
      }
      return null;
    },
    closedSince: (at) => {
      for (let index = indexOf(at); index >= indexOf(at) - reach; index -= 1) {
        const found = page(index).open.findLast((interval) => interval.to <= at);
        if (found !== undefined) return found.to;
      }
      return -Infinity;
    },
  };
}
