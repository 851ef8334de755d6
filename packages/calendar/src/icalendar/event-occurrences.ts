import type { Instant, Interval } from '../calendar.ts';
import { day } from '../day-number.ts';
import { zoneClock } from '../zone-clock.ts';
import type { WallTime } from '../zone-clock.ts';
import type { CalendarEvent, EventEnd, RuleOfEvent } from './calendar-event.ts';
import { expandRule } from './expand-rule.ts';
import { nominalLength } from './feed-duration.ts';
import type { Report } from './feed-problem.ts';
import { instantOf } from './feed-time.ts';
import type { FeedTime } from './feed-time.ts';
import type { ZoneComparison } from './feed-calendar-zones.ts';
import type { StepBudget } from './step-budget.ts';

/** What reading occurrences needs besides the event. */
export type OccurrenceContext = { readonly range: Interval; readonly budget: StepBudget; readonly compare: ZoneComparison; readonly report: Report };

/** How long an occurrence lasts: days by the wall clock, then milliseconds that pass. */
type Length = { readonly days: number; readonly milliseconds: number };

/** A wall clock is less than two days from UTC's. */
const margin = 2 * day;
/** A look at years far from the range makes a table of the zone's changes there. */
const [nearStep, farStep] = [1, 100];

/**
 * The occurrences of an event that touch the range, less those that EXDATE takes out and those that begin when one of
 * `replaced` says. A DTSTART is always one, also when the rule would leave it out; an EXDATE that meets nothing takes nothing.
 * What lasts until a DTEND lasts as long at every occurrence (RFC 5545 §3.8.5.3). null after a report.
 */
export function eventOccurrences(event: CalendarEvent, replaced: readonly FeedTime[], context: OccurrenceContext): readonly Interval[] | null {
  const { report, budget } = context;
  const isSingle = event.rules.length === 0 && event.further.length === 0;
  if (isSingle && isFarFrom(event, context.range)) return [];
  const length = lengthOf(event.start, event.end, event.line, context);
  if (length === null) return null;
  const walls = startsOf(event, length, context);
  if (walls === null) return null;
  const own = walls.map((wall) => ({ start: { ...event.start, wall }, length }));
  const further = event.further.map(({ start, end }) => ({ start, length: end === null ? length : lengthOf(start, end, event.line, context) }));
  const longest = Math.max(...[length, ...further.map((one) => one.length ?? length)].map(nominalLength));
  const removed = instantsOf([...event.except, ...replaced], longest, event.line, context);
  if (removed === null) return null;
  const found = new Map<Instant, Interval>();
  for (const one of [...own, ...further]) {
    if (one.length === null) return null;
    if (!isNear(one.start.wall, nominalLength(one.length), context.range)) continue;
    if (!budget.spend(costOf(one.start.wall, context.range) + costOf(one.start.wall + nominalLength(one.length), context.range))) return outOfSteps(event.line, report);
    const interval = intervalOf(one.start, one.length, context.compare);
    if (removed.has(interval.from)) continue;
    found.set(interval.from, { from: interval.from, to: Math.max(interval.to, found.get(interval.from)?.to ?? -Infinity) });
  }
  return [...found.values()].filter(({ from, to }) => from < context.range.to && to > context.range.from);
}

/** The instants of those times at which something so long touches the range, or nearly; null after a report. */
function instantsOf(times: readonly FeedTime[], longest: number, line: number, { range, budget, report }: OccurrenceContext): ReadonlySet<Instant> | null {
  const wanted = times.filter(({ wall }) => isNear(wall, longest, range));
  const cost = wanted.reduce((sum, { wall }) => sum + costOf(wall, range), 0);
  return budget.spend(cost) ? new Set(wanted.map(instantOf)) : outOfSteps(line, report);
}

function startsOf(event: CalendarEvent, length: Length, { range, budget, report }: OccurrenceContext): readonly WallTime[] | null {
  const wanted = { from: range.from - nominalLength(length) - margin, to: range.to + margin };
  const walls = new Set([event.start.wall]);
  for (const { rule, line } of event.rules) {
    const until = untilOf(rule, event.start, nominalLength(length), { range, budget });
    const found = until === null ? null : expandRule(rule, event.start.wall, until, wanted, budget);
    if (found === null) return outOfSteps(line, report);
    for (const wall of found) walls.add(wall);
  }
  return [...walls];
}

/** The last wall time of a rule: UNTIL is included, a date to its end, and what is in UTC is read on the event's clock. null: the budget was used up. */
function untilOf({ until }: RuleOfEvent['rule'], { zone }: FeedTime, length: number, { range, budget }: Pick<OccurrenceContext, 'range' | 'budget'>): WallTime | null {
  if (until === null) return Infinity;
  if (until.kind === 'date') return until.wall + day - 1;
  // Where nothing that begins then touches the range, a few hours make no difference.
  if (!until.isUtc || !isNear(until.wall, length, range)) return until.wall;
  return budget.spend(costOf(until.wall, range)) ? until.wall + zoneClock(zone).offsetAt(until.wall) : null;
}

function lengthOf(start: FeedTime, end: EventEnd, line: number, { range, budget, report, compare }: OccurrenceContext): Length | null {
  const isDays = end.kind === 'time' && start.kind === 'date';
  if (end.kind === 'time' && !isDays && !budget.spend(costOf(start.wall, range) + costOf(end.time.wall, range))) return outOfSteps(line, report);
  if (end.kind === 'time' && isNear(end.time.wall, 0, range)) compare(end.time, instantOf(end.time));
  const length = end.kind === 'duration' ? end.duration : isDays ? { days: (end.time.wall - start.wall) / day, milliseconds: 0 } : { days: 0, milliseconds: instantOf(end.time) - instantOf(start) };
  if (nominalLength(length) > 0) return length;
  report('empty-event', line, 'This event ends when it begins or before, so it freezes no time. Correct its end, or delete it.');
  return null;
}

function intervalOf(start: FeedTime, { days, milliseconds }: Length, compare: ZoneComparison): Interval {
  const from = instantOf(start);
  const to = instantOf({ ...start, wall: start.wall + days * day }) + milliseconds;
  compare(start, from);
  compare(start, to);
  return { from, to };
}

/** By its wall times, which need no look. One without a DTEND costs nothing anyway, and one that ends before it begins is to be told. */
function isFarFrom({ start, end }: CalendarEvent, range: Interval): boolean {
  return end.kind === 'time' && end.time.wall > start.wall && !isNear(start.wall, end.time.wall - start.wall, range);
}

const isNear = (wall: WallTime, length: number, range: Interval): boolean => wall <= range.to + margin && wall + length >= range.from - margin;

const costOf = (wall: WallTime, range: Interval): number => (wall < range.from - 400 * day || wall > range.to + 400 * day ? farStep : nearStep);

function outOfSteps(line: number, report: Report): null {
  report('too-many-steps', line, 'The events up to here come back too often to be followed. Publish a calendar with fewer of them, or ask for a shorter time.');
  return null;
}
