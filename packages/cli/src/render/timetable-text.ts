import { describeInstant } from '@sallyport/calendar';
import type { Freeze } from '@sallyport/calendar';
import type { Colors } from 'picocolors/types.js';
import type { Timetable } from '../commands/window-options.ts';
import { plain } from './plain.ts';

/** Open or closed, why, and since or until when: one line or two. */
export function renderTimetable({ environment, window, state, freeze, at }: Timetable, colors: Colors): readonly string[] {
  if (window === null || state === null) {
    if (freeze === null) return [`${colors.green('OPEN')}  ${plain(environment)} has no window: it is open at any time but during freezes.`];
    return [`${colors.yellow('CLOSED')}  ${plain(environment)}, which has no window, at ${describeInstant(at, freeze.zone)}`, `        because: ${freezeText(freeze)}`];
  }
  const when = (instant: number): string => describeInstant(instant, window.zone);
  switch (state.state) {
    case 'open':
      return [`${colors.green('OPEN')}  ${plain(environment)}, window ${window.name}, at ${when(at)}`, `      since ${when(state.since)}`, `      until ${when(state.until)}`];
    case 'closed': {
      const why = freeze === null ? 'outside the window' : freezeText(freeze);
      return [`${colors.yellow('CLOSED')}  ${plain(environment)}, window ${window.name}, at ${when(at)}`, `        because: ${why}`];
    }
    default:
      return state satisfies never;
  }
}

const freezeText = ({ name, owner, reason }: Freeze): string => `freeze ${plain(name)} by ${plain(owner)}: ${plain(reason)}`;

/** The openings to come, one a line. */
export function renderOpenings({ window, openings }: Timetable): readonly string[] {
  if (window === null) return [];
  if (openings.length === 0) return ['No opening within 400 days.'];
  return openings.map(({ from, to }) => `opens ${describeInstant(from, window.zone)}, closes ${describeInstant(to, window.zone)}`);
}
