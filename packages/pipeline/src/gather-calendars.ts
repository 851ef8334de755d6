import { dayMilliseconds, defaultFeedLimits, holidayData, horizonMilliseconds, listHolidays, parseFeed } from '@sallyport/calendar';
import type { FeedProblem, Interval } from '@sallyport/calendar';
import { calendarSource, completeList } from '@sallyport/gates';
import type { CalendarFact, ClockReading, StageFacts } from '@sallyport/gates';
import type { CalendarPolicy, FeedPolicy, HolidaysPolicy, Policy } from '@sallyport/policy';
import { cut } from './markdown-text.ts';
import { once } from './once.ts';
import { OutsideError } from './outside-error.ts';
import type { CalendarFiles } from './ports.ts';
import { sha256 } from './sha256.ts';

type Reading = CalendarFact['reading'];

/** What the policy's calendars hold, read when it is first asked for. */
export type Calendars = () => Promise<StageFacts['calendars']>;

/** Of all calendars together. Every decision keeps a copy, and an entry of the ledger has at most 1 MiB. */
const maximumFreezes = 1000;
const maximumNameLength = 120;
/** Times whose year has four digits by the clock of every zone: no document can say others. */
const writable: Interval = { from: Date.parse('0000-01-03T00:00:00Z'), to: Date.parse('9999-12-30T00:00:00Z') };

/** From a day before `at` (epoch milliseconds) to a day more than the calendar looks ahead. */
export const calendarRange = (at: number): Interval => ({ from: at - dayMilliseconds, to: at + horizonMilliseconds + dayMilliseconds });

/** The calendars of the policy around now. Where no server told the time, nothing is allowed whatever they hold. */
export const calendarsAt = (files: CalendarFiles, policy: Policy, { serverAt, localAt }: ClockReading): Calendars => once(() => gatherCalendars(files, policy, calendarRange(serverAt ?? localAt)));

/** What the calendars of the policy hold in a range of time; undefined when it names none. What cannot be read is a reading too (W09). */
export async function gatherCalendars(files: CalendarFiles, { calendars }: Policy, range: Interval): Promise<StageFacts['calendars']> {
  if (calendars === undefined) return undefined;
  const facts = await Promise.all(calendars.map(async (calendar): Promise<CalendarFact> => ({ name: calendar.name, source: calendarSource(calendar), reading: await readSource(files, calendar, range) })));
  return completeList(withinLimit(facts));
}

/** In the order of the policy: a calendar whose freezes are too many beside those before it counts as unreadable. */
function withinLimit(facts: readonly CalendarFact[]): readonly CalendarFact[] {
  let count = 0;
  return facts.map((fact) => {
    const own = fact.reading.state === 'read' ? fact.reading.freezes.length : 0;
    if (count + own > maximumFreezes) return { ...fact, reading: unreadable(`With it, the calendars have ${count + own} freezes in the time that is looked at; more than ${maximumFreezes} are taken for a mistake.`) };
    count += own;
    return fact;
  });
}

function readSource(files: CalendarFiles, { zone, source }: CalendarPolicy, range: Interval): Promise<Reading> {
  switch (source.kind) {
    case 'holidays':
      return readHolidays(source, zone, range);
    case 'feed':
      return readFeed(files, source, zone, range);
    default:
      return source satisfies never;
  }
}

async function readHolidays({ place, types, except }: HolidaysPolicy, zone: string, range: Interval): Promise<Reading> {
  const listed = await listHolidays({ place, kinds: types, zone, ...range });
  if (!listed.ok) return unreadable(listed.message);
  const freezes = listed.holidays.filter(({ date }) => !except.includes(date)).map(({ name, from, to }) => ({ name: nameOf(name), from, to }));
  return { state: 'read', data: holidayData, writtenAt: null, ...range, freezes };
}

async function readFeed(files: CalendarFiles, source: FeedPolicy, zone: string, range: Interval): Promise<Reading> {
  const bytes = await readBytes(files, source);
  if (!(bytes instanceof Uint8Array)) return bytes;
  const feed = parseFeed(bytes, { ...range, zone, emptyFeed: source.withoutEvents === 'open' ? 'accept' : 'refuse' });
  if (!feed.ok) return unreadable(firstProblem(feed.problems));
  return { state: 'read', data: sha256(bytes), writtenAt: feed.writtenAt, ...range, freezes: feed.intervals.map(({ summary, from, to }) => ({ name: nameOf(summary), from: Math.max(from, writable.from), to: Math.min(to, writable.to) })) };
}

async function readBytes(files: CalendarFiles, { at }: FeedPolicy): Promise<Uint8Array | Reading> {
  try {
    const bytes = at.in === 'repository' ? await files.readFile(at.path) : await files.fetch(at.url, defaultFeedLimits.maximumBytes);
    return bytes ?? unreadable('The default branch has no such file.');
  } catch (error) {
    if (error instanceof OutsideError) return unreadable(error.message);
    throw error;
  }
}

const unreadable = (problem: string): Reading => ({ state: 'unreadable', problem });

function firstProblem([{ line, message }, ...others]: readonly [FeedProblem, ...FeedProblem[]]): string {
  const place = line === null ? '' : `line ${line}: `;
  return `${place}${message}${others.length === 0 ? '' : ` (and ${others.length} more)`}`;
}

/** On one line, no longer than a glance; the feed's parser has taken out what would not be seen. */
function nameOf(summary: string): string {
  const name = summary.replaceAll(/\s+/g, ' ').trim();
  return name === '' ? 'unnamed' : cut(name, maximumNameLength);
}
