import type { ExitCode, Io } from '../io.ts';
import { parseCount } from '../parse-count.ts';
import { renderOpenings, renderTimetable } from '../render/timetable-text.ts';
import { machineTzdata, tzdataDocument, tzdataLine } from '../render/tzdata-text.ts';
import { withExamples } from './register.ts';
import type { Register } from './register.ts';
import { readTimetable, timetableDocument, withWindowOptions } from './window-options.ts';
import type { WindowOptions } from './window-options.ts';

export type WindowNextOptions = WindowOptions & { readonly count?: string };

/** The window now, and when it opens next. */
export async function windowNext(io: Io, options: WindowNextOptions): Promise<ExitCode> {
  const count = parseCount(options.count ?? '1', '-n', 50);
  const timetable = await readTimetable(io, options, count);
  if (options.json === true) io.stdout(`${JSON.stringify({ ...timetableDocument(timetable), tzdata: tzdataDocument(machineTzdata(io)) })}\n`);
  else io.stdout(`${[...renderTimetable(timetable, io.colors), ...renderOpenings(timetable), ...(timetable.window === null ? [] : [tzdataLine(machineTzdata(io))])].join('\n')}\n`);
  return 0;
}

export const registerWindowNext: Register = (parent, run) => {
  const command = parent.command('next').summary('when does the window open next?').description('Says whether the window is open and when it opens next, in its own zone and in UTC. From the policy and the calendars that it names; holds are not seen.');
  withExamples(withWindowOptions(command).option('-n, --count <number>', 'how many openings', '1'), 'sallyport window next', 'sallyport window next -n 3 --environment production', 'sallyport window next --at "dec 24 18:00"').action((options: WindowNextOptions) =>
    run((io) => windowNext(io, options)),
  );
};
