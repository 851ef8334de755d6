import { freezesAt, openIntervals, renderFeed } from '@sallyport/calendar';
import type { FeedEvent, Freeze, Interval } from '@sallyport/calendar';
import type { WindowPolicy } from '@sallyport/policy';
import { InputError } from '../input-error.ts';
import type { ExitCode, Io } from '../io.ts';
import { parseCount } from '../parse-count.ts';
import { plannedBuild, plannedHelp, readPlanned } from '../planned-releases.ts';
import type { PlannedOptions, PlannedRelease } from '../planned-releases.ts';
import { plain } from '../render/plain.ts';
import { withExamples } from './register.ts';
import type { Register } from './register.ts';
import { iso, readWindow, timetableOf, withWindowOptions } from './window-options.ts';
import type { WindowOptions } from './window-options.ts';

export type WindowIcsOptions = Omit<WindowOptions, 'json'> & PlannedOptions & { readonly weeks?: string };

const week = 7 * 24 * 60 * 60_000;
const refreshMinutes = 60;

/** Prints windows and freezes as a calendar feed. The same policy, `--at` and `--weeks` print the same bytes. */
export async function windowIcs(io: Io, options: WindowIcsOptions): Promise<ExitCode> {
  const weeks = parseCount(options.weeks ?? '53', '--weeks', 530);
  // Standard output is the feed, and nothing else.
  const quiet = { ...io, stdout: (text: string) => io.stderr(text) };
  const asked = await readWindow(quiet, options, weeks * week);
  const { policy, environment, at, freezes } = asked;
  const { window } = timetableOf(asked, 1);
  if (window === null) throw new InputError(`${plain(environment.name)} has no window, so there is nothing to put into a calendar.`, { next: 'Name an environment that has one with --environment.' });
  const to = at + weeks * week;
  const planned = (await readPlanned(quiet, asked, options)).filter((release) => release.from < to);
  const events = withOwnKeys([...windowEvents(environment.name, window, freezes, { from: at, to }), ...freezes.flatMap((freeze) => freezeEvents(freeze, { from: at, to })), ...planned.map((release) => releaseEvent(environment.name, window, release))]);
  const { repository } = policy;
  // UIDs are made of it: without a name, the feeds of two repositories could overwrite each other's events.
  if (repository === null) throw new InputError('The policy names no repository, so the events of its feed would have no lasting names.', { next: 'Write repository: owner/name into it.' });
  io.stdout(renderFeed({ repository, name: `${repository}: when ${environment.name} is open`, refreshMinutes, events }, at));
  return 0;
}

/** Calendars may hold freezes of one name that begin at once: from the second on, its number is part of the key. */
function withOwnKeys(events: readonly FeedEvent[]): readonly FeedEvent[] {
  const seen = new Map<string, number>();
  return events.map((event) => {
    const number = (seen.get(event.key) ?? 0) + 1;
    seen.set(event.key, number);
    return number === 1 ? event : { ...event, key: `${event.key}/${number}` };
  });
}

/** Keyed by the instant at which the window would open without any freeze, so that a freeze changes an event and makes no new one. */
function windowEvents(environment: string, window: WindowPolicy, freezes: readonly Freeze[], { from, to }: Interval): readonly FeedEvent[] {
  const undisturbed = openIntervals(window, [], from, to);
  return openIntervals(window, freezes, from, to).map((open) => {
    const whole = undisturbed.find((one) => one.from <= open.from && open.from < one.to) ?? open;
    return { key: `window/${environment}/${iso(whole.from)}${open.from === whole.from ? '' : `/${iso(open.from)}`}`, kind: 'window', ...open, zone: window.zone, summary: `${environment} can be released`, description: `Window ${window.name} is open. Holds are not seen here.`, url: null, sequence: 0 };
  });
}

/** Keyed by the opening, so that scheduling it again changes the event and makes no new one. */
const releaseEvent = (environment: string, { zone }: WindowPolicy, release: PlannedRelease): FeedEvent => ({ key: `release/${environment}/${iso(release.from)}`, kind: 'release', from: release.from, to: release.to, zone, summary: `Release to ${environment} is scheduled`, description: `${release.by.login} scheduled ${plannedBuild(release)}. Everything else that a release needs is asked then.`, url: null, sequence: 0 });

/** What is in force at the beginning and whatever begins later; one without an end is shown until the end of the feed. */
function freezeEvents(freeze: Freeze, { from, to }: Interval): readonly FeedEvent[] {
  const events: FeedEvent[] = [];
  const always: WindowPolicy = { name: 'any time', zone: freeze.zone, days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'], from: '00:00', to: '00:00', except: [], extra: [] };
  // What a window that never closes loses by the freeze begins where it closes.
  const starts = [from, ...openIntervals(always, [freeze], from, to).map((open) => open.to)].filter((start) => start < to);
  for (const start of new Set(starts)) {
    const [inForce] = freezesAt([freeze], start);
    if (inForce === undefined) continue;
    const { since, until } = inForce;
    events.push({ key: `freeze/${freeze.name}/${iso(since)}`, kind: 'freeze', from: since, to: until ?? to, zone: freeze.zone, summary: `Freeze: ${freeze.reason}`, description: `Freeze ${freeze.name}, which ${freeze.owner} owns${until === null ? ', lasts until somebody ends it' : ''}.`, url: null, sequence: 0 });
  }
  return events;
}

export const registerWindowIcs: Register = (parent, run) => {
  const command = parent.command('ics').summary('windows and freezes as a calendar feed').description('Prints the windows and freezes to come as an iCalendar feed for Google Calendar, Outlook and Apple Calendar. Events keep their UIDs from export to export. With --releases, what is scheduled is in it too; holds are not.');
  const options = withWindowOptions(command).option('--weeks <number>', 'how far ahead', '53').option('--releases [directory]', plannedHelp);
  withExamples(options, 'sallyport window ics > production.ics', 'sallyport window ics --at 2026-12-01T00:00:00Z --weeks 26', 'sallyport window ics --at "dec 1 00:00" > production.ics').action((given: WindowIcsOptions) => run((io) => windowIcs(io, given)));
};
