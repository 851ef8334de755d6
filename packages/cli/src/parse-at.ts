import { describeInstant } from '@sallyport/calendar';
import { instant } from '@sallyport/gates';
import { InputError } from './input-error.ts';
import { parseNaturalInstant } from './natural-instant.ts';
import { parseInstant } from './parse-instant.ts';
import { plain } from './render/plain.ts';

/** Said of `--at` in the help of every command that takes it. */
export const atHelp = "ISO 8601 with offset, or words such as \"next saturday 06:30\" in the zone of the window (default: this machine's time)";

/** `echo`: how words were understood, for people; null for what was written as an instant, or not at all. */
export type AskedInstant = { readonly at: number; readonly echo: string | null };

const shown = 60;

/**
 * `--at` as an instant: ISO 8601 with offset, else words, read by the clock of `zone` and counted from `now`. Throws InputError on
 * anything else, saying what was understood.
 */
export function parseAt(text: string | undefined, zone: string, now: number): AskedInstant {
  if (text === undefined) return { at: now, echo: null };
  const strict = instant.safeParse(text);
  if (strict.success) return { at: strict.data, echo: null };
  // Meant as ISO 8601: what it lacks is not guessed at.
  if (/^[\s+-]*\d{4,6}-\d{2}-\d{2}T/i.test(text)) return { at: parseInstant(text, '--at'), echo: null };
  const read = parseNaturalInstant(text, zone, now);
  const words = plain(text.length > shown ? `${text.slice(0, shown)}…` : text);
  if (!read.ok) throw new InputError(`--at is "${words}", which is not an instant: ${plain(read.why)}.`, { next: 'Write date, time and offset, for example 2026-12-05T06:00:00-08:00, or a day and a time, for example "next saturday 06:30".' });
  return { at: read.at, echo: `at ${describeInstant(read.at, zone)}${read.shifted ? ', because the clock leaves out the time that was asked for' : ''}, from "${words}"` };
}
