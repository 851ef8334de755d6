import { checkZone, freezesAt, parseFeed } from '@sallyport/calendar';
import type { FeedInterval } from '@sallyport/calendar';
import type { FreezePolicy } from '@sallyport/policy';
import { DateTime } from 'luxon';
import { InputError } from '../input-error.ts';
import type { ExitCode, Io } from '../io.ts';
import { parseCount } from '../parse-count.ts';
import { atHelp } from '../parse-at.ts';
import { readFileBytes } from '../read-file.ts';
import { plain } from '../render/plain.ts';
import { withExamples } from './register.ts';
import type { Register } from './register.ts';
import { iso, readAt } from './window-options.ts';

export type WindowImportOptions = { readonly zone: string; readonly owner: string; readonly at?: string; readonly weeks?: string; readonly json?: boolean };

const week = 7 * 24 * 60 * 60_000;
const minute = 60_000;

/** Reads a calendar file and prints its events as freezes for the policy file. Anything that is not understood in full prints no freeze at all. */
export async function windowImport(io: Io, file: string, options: WindowImportOptions): Promise<ExitCode> {
  const weeks = parseCount(options.weeks ?? '53', '--weeks', 530);
  const zone = checkZone(options.zone);
  if (!zone.ok) throw new InputError(`--zone: ${zone.message}`);
  // Standard output is a piece of a policy, and nothing else.
  const from = readAt({ now: () => io.now(), stdout: (text) => io.stderr(text) }, options, options.zone);
  const read = parseFeed(await readFileBytes(io, file, 'calendar file'), { from, to: from + weeks * week, zone: options.zone });
  if (!read.ok) {
    const name = file === '-' ? 'standard input' : plain(file);
    const lines = read.problems.map(({ line, message }) => `${name}${line === null ? '' : `:${line}`}: ${plain(message)}`);
    throw new InputError(`The calendar file ${name} is not understood in full, so nothing of it is taken:\n${lines.join('\n')}`, { next: 'Correct the calendar, or export only the events that are freezes.' });
  }
  const freezes = read.intervals.map((interval, index) => freezeOf(interval, index, options));
  if (options.json === true) io.stdout(`${JSON.stringify({ schema: 1, zone: options.zone, freezes: read.intervals.map(({ uid, summary, line, from: start, to }) => ({ uid, summary, line, from: iso(start), to: iso(to) })) })}\n`);
  else io.stdout(freezes.length === 0 ? `# ${plain(file)} has no event in the ${weeks} weeks from ${iso(from)} on.\n` : `freezes:\n${freezes.map(freezeLine).join('')}`);
  return 0;
}

/** By the wall clock of the zone, to the minute; what does not come out as the event says, as in a repeated hour, is refused. */
function freezeOf({ from, to, summary, line }: FeedInterval, index: number, { zone, owner }: WindowImportOptions): FreezePolicy & { readonly to: string } {
  const [start, end] = [Math.floor(from / minute) * minute, Math.ceil(to / minute) * minute];
  const freeze = { name: `imported-${index + 1}-${wall(start, zone).slice(0, 10)}`, zone, from: wall(start, zone), to: wall(end, zone), owner, reason: plain(summary).trim() || 'imported' };
  const covers = (at: number): boolean => freezesAt([freeze], at).length > 0;
  if (!covers(start) || !covers(end - 1)) throw new InputError(`The event on line ${line} begins or ends within an hour that the clock of ${plain(zone)} repeats, which a freeze cannot say.`, { next: 'Let it begin earlier or end later, or give --zone UTC.' });
  return freeze;
}

const wall = (at: number, zone: string): string => DateTime.fromMillis(at, { zone }).toFormat("yyyy-MM-dd'T'HH:mm");

/** Double-quoted YAML is JSON. */
const freezeLine = ({ name, zone, from, to, owner, reason }: FreezePolicy & { readonly to: string }): string => `  - { name: ${name}, zone: ${zone}, from: ${from}, to: ${to}, owner: ${JSON.stringify(owner)}, reason: ${JSON.stringify(reason)} }\n`;

export const registerWindowImport: Register = (parent, run) => {
  const command = parent
    .command('import')
    .argument('<calendar file>', 'an iCalendar file, or - for standard input')
    .summary('events of a calendar file as freezes')
    .description('Reads an iCalendar file, such as the holidays of a country or the freeze calendar of a company, and prints its events as freezes for the policy file. What is not understood in full is refused as a whole.')
    .requiredOption('--zone <name>', 'the zone that the freezes are written in; also for events of whole days')
    .requiredOption('--owner <name>', 'who owns the freezes, for example @release-manager')
    .option('--weeks <number>', 'how far ahead', '53')
    .option('--at <instant>', `from when on: ${atHelp}`)
    .option('--json', 'print the events as JSON, in UTC');
  withExamples(command, 'sallyport window import holidays.ics --zone America/Los_Angeles --owner @release-manager', 'sallyport window import holidays.ics --zone America/Los_Angeles --owner @release-manager --at "tomorrow 00:00"').action((file: string, options: WindowImportOptions) => run((io) => windowImport(io, file, options)));
};
