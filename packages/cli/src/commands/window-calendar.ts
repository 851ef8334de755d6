import { localWeeks, prepareCalendar } from '@sallyport/calendar';
import type { CalendarStretch, LocalDay } from '@sallyport/calendar';
import type { ExitCode, Io } from '../io.ts';
import { parseCount } from '../parse-count.ts';
import { plannedHelp, readPlanned } from '../planned-releases.ts';
import type { PlannedOptions } from '../planned-releases.ts';
import { renderMonthView } from '../render/month-view.ts';
import { plain } from '../render/plain.ts';
import { renderTimetable } from '../render/timetable-text.ts';
import { machineTzdata, tzdataDocument, tzdataLine } from '../render/tzdata-text.ts';
import { wrap } from '../render/wrap.ts';
import { withExamples } from './register.ts';
import type { Register } from './register.ts';
import { iso, readWindow, timetableOf, withWindowOptions } from './window-options.ts';
import type { WindowOptions } from './window-options.ts';

export type WindowCalendarOptions = WindowOptions & PlannedOptions & { readonly weeks?: string };

/** The weeks to come: what is open, what is frozen. */
export async function windowCalendar(io: Io, options: WindowCalendarOptions): Promise<ExitCode> {
  const count = parseCount(options.weeks ?? '8', '--weeks', 53);
  const asked = await readWindow(io, options);
  const { environment, at, freezes } = asked;
  const timetable = timetableOf(asked, 1);
  const { window } = timetable;
  if (window === null) {
    if (options.json === true) io.stdout(`${JSON.stringify({ schema: 1, environment: environment.name, window: null, days: [], tzdata: tzdataDocument(machineTzdata(io)) })}\n`);
    else io.stdout(`${renderTimetable(timetable, io.colors).join('\n')}\n`);
    return 0;
  }
  const planned = await readPlanned(io, asked, options);
  const weeks = localWeeks(window.zone, at, count);
  const [from, to] = [weeks[0]?.[0]?.from ?? at, weeks.at(-1)?.at(-1)?.to ?? at];
  const calendar = prepareCalendar({ window, freezes });
  const [stretches, openings] = [calendar.stretches(from, to), calendar.openings(from, to)];
  if (options.json === true) {
    const days = weeks.flat().map((day) => dayDocument(day, stretches));
    io.stdout(`${JSON.stringify({ schema: 1, environment: environment.name, window: window.name, zone: window.zone, at: iso(at), days, ...(options.releases === undefined ? {} : { releases: planned.map(({ from: begins, to: ends, build, by }) => ({ from: iso(begins), to: iso(ends), build, by: by.login })) }), tzdata: tzdataDocument(machineTzdata(io)) })}\n`);
    return 0;
  }
  const view = renderMonthView({ zone: window.zone, weeks, stretches, openings, planned, at }, io);
  io.stdout(`${[wrap(`${plain(environment.name)}, window ${window.name}, in ${window.zone}:`, io.columns), '', ...view, '', wrap(tzdataLine(machineTzdata(io)), io.columns)].join('\n')}\n`);
  return 0;
}

function dayDocument({ date, from, to }: LocalDay, stretches: readonly CalendarStretch[]): Record<string, unknown> {
  const parts = stretches.filter((stretch) => stretch.from < to && stretch.to > from);
  return {
    date,
    open: parts.flatMap((part) => (part.kind === 'open' ? [{ from: iso(Math.max(part.from, from)), to: iso(Math.min(part.to, to)), rule: part.rule.path.join('.') }] : [])),
    freezes: [...new Set(parts.flatMap((part) => (part.kind === 'freeze' ? [part.freeze.name] : [])))],
  };
}

export const registerWindowCalendar: Register = (parent, run) => {
  const command = parent.command('calendar').summary('the weeks to come, week by week').description('Shows the coming weeks: when the window opens, in its own zone, and which freezes close it. From the policy and the calendars that it names, and with --releases from the ledger; holds are not seen.');
  withExamples(withWindowOptions(command).option('--weeks <number>', 'how many weeks', '8').option('--releases [directory]', plannedHelp), 'sallyport window calendar', 'sallyport window calendar --weeks 4 --at "dec 1 00:00"', 'sallyport window calendar --releases').action((options: WindowCalendarOptions) => run((io) => windowCalendar(io, options)));
};
