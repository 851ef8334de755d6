import type { ExitCode, Io } from '../io.ts';
import { renderOpenings, renderTimetable } from '../render/timetable-text.ts';
import { machineTzdata, tzdataDocument, tzdataLine } from '../render/tzdata-text.ts';
import { withExamples } from './register.ts';
import type { Register } from './register.ts';
import { isClosed, readTimetable, timetableDocument, withWindowOptions } from './window-options.ts';
import type { WindowOptions } from './window-options.ts';

/** Is the window open? 0 open, 4 closed. */
export async function windowCheck(io: Io, options: WindowOptions): Promise<ExitCode> {
  const timetable = await readTimetable(io, options, 1);
  if (options.json === true) io.stdout(`${JSON.stringify({ ...timetableDocument(timetable), tzdata: tzdataDocument(machineTzdata(io)) })}\n`);
  else io.stdout(`${[...renderTimetable(timetable, io.colors), ...renderOpenings(timetable).map((line) => `next: ${line}`), ...(timetable.window === null ? [] : [tzdataLine(machineTzdata(io))])].join('\n')}\n`);
  return isClosed(timetable) ? 4 : 0;
}

export const registerWindowCheck: Register = (parent, run) => {
  const command = parent.command('check').summary('is the window open?').description('Says whether the window is open: exit status 0 open, 4 closed. From the policy and the calendars that it names; holds are not seen.');
  withExamples(withWindowOptions(command), 'sallyport window check', 'sallyport window check --at 2026-12-05T06:00:00-08:00', 'sallyport window check --at "next saturday 06:30"').action((options: WindowOptions) => run((io) => windowCheck(io, options)));
};
