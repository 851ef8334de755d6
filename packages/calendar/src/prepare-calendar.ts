import type { WindowPolicy } from '@sallyport/policy';
import type { CalendarAnswer, Opening } from './calendar-answer.ts';
import { createBook, horizonMilliseconds } from './calendar-book.ts';
import type { CalendarBook } from './calendar-book.ts';
import { lastNotAfter } from './calendar-page.ts';
import type { CalendarPage, Says } from './calendar-page.ts';
import type { Instant, Interval } from './calendar.ts';
import type { Freeze } from './freeze-span.ts';
import { prepareWindowRules } from './window-rules.ts';

export type CalendarSources = {
  readonly window: WindowPolicy;
  /** Where several hold, the first is named. */
  readonly freezes: readonly Freeze[];
};

/** A stretch of time in which one thing holds. */
export type CalendarStretch = Interval & Says;

/** One window with everything that closes it, made ready to be asked. Holds are the gate's business. */
export type Calendar = {
  /** Whether it is open at an instant, why, since and until when, and what comes next. Throws a RangeError on what is no instant of the years 0 to 9999. */
  readonly ask: (at: Instant) => CalendarAnswer;
  /** The open time that begins in `[from, to)`, in order, each until it closes, be that later. */
  readonly openings: (from: Instant, to: Instant) => readonly Opening[];
  /** All of `[from, to)`, divided by what holds. Neighbours never say the same. */
  readonly stretches: (from: Instant, to: Instant) => readonly CalendarStretch[];
};

/** What is the same for every instant of a stretch; infinite where it is further away than the horizon. */
type StretchFacts = { readonly says: Says; readonly since: Instant; readonly until: Instant; readonly next: Interval | null };

/**
 * Makes a calendar ready: rules are read once, and the months that are asked about are worked out when they first are. After
 * that an answer is a binary search and reads no time zone data. Throws `UnknownZoneError` on a zone that `checkZone` refuses as unknown.
 */
export function prepareCalendar({ window, freezes }: CalendarSources): Calendar {
  const book = createBook({ windows: prepareWindowRules(window), freezes });
  const facts = new WeakMap<CalendarPage, (StretchFacts | undefined)[]>();

  const factsAt = (at: Instant): StretchFacts => {
    const page = book.pageOf(at);
    let known = facts.get(page);
    if (known === undefined) facts.set(page, (known = []));
    const index = lastNotAfter(page.starts, at);
    return (known[index] ??= stretchFacts(book, page, index));
  };

  return {
    ask: (at) => answer(window.name, factsAt(checked(at)), at),
    openings: (from, to) => {
      const found: Opening[] = [];
      for (let [at, end] = [checked(from), checked(to)]; at < end; ) {
        const next = book.openFrom(at);
        if (next !== null && next.from < end) found.push(announced(next));
        // What begins within the horizon has been seen; what is further away takes another look.
        at = next === null ? at + horizonMilliseconds : Math.min(next.to, next.from + horizonMilliseconds);
      }
      return found;
    },
    stretches: (from, to) => stretchesBetween(book, checked(from), checked(to)),
  };
}

function stretchFacts(book: CalendarBook, page: CalendarPage, index: number): StretchFacts {
  const says = page.says[index] ?? { kind: 'no-window' };
  const start = page.starts[index] ?? page.from;
  if (says.kind === 'open') {
    const { from, to } = book.openAround(start);
    return { says, since: from, until: to, next: to === Infinity ? null : book.openFrom(to) };
  }
  const next = book.openFrom(start);
  return { says, since: book.closedSince(start), until: next?.from ?? Infinity, next };
}

function answer(window: string, { says, since, until, next }: StretchFacts, at: Instant): CalendarAnswer {
  const [first, last] = [at - horizonMilliseconds, at + horizonMilliseconds];
  const within = (instant: Instant): Instant | null => (first < instant && instant < last ? instant : null);
  const nextOpening = next === null || next.from >= last ? null : announced(next);
  const end = within(until);
  const asked = { at, window, since: within(since), until: end, nextOpening, remainingMilliseconds: end === null ? null : end - at };
  switch (says.kind) {
    case 'open':
      return { state: 'open', rule: says.rule, ...asked, nextClosing: end };
    case 'freeze':
      return { state: 'closed', why: { because: 'freeze', freeze: says.freeze }, ...asked, nextClosing: nextOpening?.to ?? null };
    case 'no-window':
      return { state: 'closed', why: { because: 'no-window' }, ...asked, nextClosing: nextOpening?.to ?? null };
    default:
      return says satisfies never;
  }
}

const announced = ({ from, to }: Interval): Opening => ({ from, to: to < from + horizonMilliseconds ? to : null });

function stretchesBetween(book: CalendarBook, from: Instant, to: Instant): readonly CalendarStretch[] {
  const found: CalendarStretch[] = [];
  for (let page = book.pageOf(from); page.from < to; page = book.pageOf(page.to)) {
    for (const [index, says] of page.says.entries()) {
      const [start, end] = [Math.max(page.starts[index] ?? page.from, from), Math.min(page.starts[index + 1] ?? page.to, to)];
      if (start >= end) continue;
      const last = found.at(-1);
      if (last !== undefined && saySame(last, says)) found[found.length - 1] = { ...last, to: end };
      else found.push({ from: start, to: end, ...says });
    }
  }
  return found;
}

function saySame(one: Says, other: Says): boolean {
  if (one.kind === 'open') return other.kind === 'open' && one.rule === other.rule;
  if (one.kind === 'freeze') return other.kind === 'freeze' && one.freeze.name === other.freeze.name && one.freeze.since === other.freeze.since;
  return other.kind === 'no-window';
}

/** The years whose dates a policy can write. */
const years = { from: Date.parse('0000-01-01T00:00Z'), to: Date.parse('9999-12-31T23:59Z') } as const;

function checked(at: Instant): Instant {
  if (at >= years.from && at <= years.to) return at;
  throw new RangeError(`${at} is no instant in epoch milliseconds of the years 0 to 9999, so the calendar cannot say whether it is open.`);
}
