import type { Instant, Interval } from '../calendar.ts';
import { day } from '../day-number.ts';
import { checkZone } from '../zone.ts';
import { readCalendarEvent } from './calendar-event.ts';
import type { CalendarEvent } from './calendar-event.ts';
import { checkCalendars, looksLikeCalendar } from './check-calendars.ts';
import { parseComponents } from './component-tree.ts';
import type { Component } from './component-tree.ts';
import { decodeFeed } from './decode-feed.ts';
import { eventOccurrences } from './event-occurrences.ts';
import type { OccurrenceContext } from './event-occurrences.ts';
import { seriesOf } from './event-series.ts';
import { compareZones } from './feed-calendar-zones.ts';
import { defaultFeedLimits } from './feed-limits.ts';
import type { FeedLimits } from './feed-limits.ts';
import type { FeedProblem, Report } from './feed-problem.ts';
import { collectProblems } from './feed-problems.ts';
import { stepBudget } from './step-budget.ts';
import { unfoldLines } from './unfold-lines.ts';
import { writtenAt } from './written-at.ts';

export type FeedOptions = {
  /** Wanted is what touches `[from, to)`. */
  readonly from: Instant;
  readonly to: Instant;
  /** For whole days and for times that name no zone; null refuses both. */
  readonly zone: string | null;
  /** Whether a calendar without a single event is believed. It is also what a wrong address or a failed export gives. Default: refuse. */
  readonly emptyFeed?: 'refuse' | 'accept';
  readonly limits?: Partial<FeedLimits>;
};

/** One occurrence, not cut to the range. `line` is where its event begins in the file. */
export type FeedInterval = Interval & { readonly uid: string; readonly summary: string; readonly line: number };

/** `steps` is what reading cost, as `FeedLimits.maximumSteps` counts. */
export type FeedResult =
  | {
      readonly ok: true;
      /** By their start, then by the file. They may overlap. */
      readonly intervals: readonly FeedInterval[];
      /** When the file says it was made; null when it does not. */
      readonly writtenAt: Instant | null;
      readonly steps: number;
    }
  | { readonly ok: false; readonly problems: readonly [FeedProblem, ...FeedProblem[]]; readonly steps: number };

/**
 * Reads an iCalendar file (RFC 5545) whose events are times at which nothing may happen. Every event counts, also tentative
 * ones and those that leave people free; only cancelled ones do not, and to-dos and journals are no events. Whatever is
 * wrong or not understood in full makes the whole file a list of problems, in the order of the file; the caller then treats
 * the time as closed (W09). Never throws for what a file holds. Throws `RangeError` when the range is none.
 */
export function parseFeed(input: string | Uint8Array, options: FeedOptions): FeedResult {
  if (!(options.from < options.to)) throw new RangeError('A feed is read for a time that ends after it begins.');
  const limits: FeedLimits = { ...defaultFeedLimits, ...options.limits };
  const problems = collectProblems(limits.maximumProblems);
  const budget = stepBudget(limits.maximumSteps);
  const calendars = readCalendars(input, options, limits, problems.report);
  const range = { from: options.from, to: options.to };
  const walls = { from: range.from - 2 * day, to: range.to + 2 * day };
  const context: OccurrenceContext = { range, budget, report: problems.report, compare: compareZones(calendars, walls, budget, problems.report) };
  const events = readEvents(calendars, options, limits, problems.report);
  // Occurrences of only some of the events would mean nothing.
  const intervals = problems.found().length === 0 ? intervalsOf(events, context) : [];
  const [first, ...others] = problems.found();
  if (first !== undefined) return { ok: false, problems: [first, ...others], steps: budget.spent() };
  return { ok: true, intervals, writtenAt: writtenAt(calendars), steps: budget.spent() };
}

/** Empty after a report. */
function readCalendars(input: string | Uint8Array, { zone }: FeedOptions, { maximumBytes, maximumDepth }: FeedLimits, report: Report): readonly Component[] {
  const check = zone === null ? { ok: true as const } : checkZone(zone);
  if (!check.ok) report('unknown-zone', null, check.message);
  const text = decodeFeed(input, maximumBytes, report);
  if (text === null) return [];
  const lines = unfoldLines(text, report);
  if (!looksLikeCalendar(lines, report)) return [];
  return checkCalendars(parseComponents(lines, maximumDepth, report), report);
}

function readEvents(calendars: readonly Component[], { zone, emptyFeed = 'refuse' }: FeedOptions, { maximumEvents }: FeedLimits, report: Report): readonly CalendarEvent[] {
  const components = calendars.flatMap((calendar) => calendar.components).filter(({ name }) => name === 'VEVENT');
  const [tooMany] = components.slice(maximumEvents);
  if (tooMany !== undefined) {
    report('too-many-events', tooMany.line, `The file has more than ${maximumEvents} events. Publish a calendar that holds only the freezes, or raise the limit.`);
    return [];
  }
  const [first] = calendars;
  if (components.length === 0 && first !== undefined && emptyFeed === 'refuse')
    report('no-events', first.line, 'The calendar has no event at all, as when the wrong one is published. Leave a past freeze in it, or say that it may be empty.');
  return components.flatMap((component) => readCalendarEvent(component, zone, report) ?? []);
}

function intervalsOf(events: readonly CalendarEvent[], context: OccurrenceContext): readonly FeedInterval[] {
  const found: FeedInterval[] = [];
  for (const series of seriesOf(events, context.report)) {
    for (const event of series.events.filter(({ isCancelled }) => !isCancelled)) {
      const occurrences = eventOccurrences(event, event.replaces === null ? series.replaced : [], context);
      if (context.budget.isUsedUp()) return [];
      found.push(...(occurrences ?? []).map((interval) => ({ ...interval, uid: event.uid, summary: event.summary, line: event.line })));
    }
  }
  return found.sort((one, other) => one.from - other.from || one.line - other.line);
}
