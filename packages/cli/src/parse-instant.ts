import { instant } from '@sallyport/gates';
import { InputError } from './input-error.ts';
import { plain } from './render/plain.ts';

/** ISO 8601 with an offset or Z to epoch milliseconds. Throws InputError for anything else; a time without a zone is not guessed at. */
export function parseInstant(text: string, option: string): number {
  const parsed = instant.safeParse(text);
  if (!parsed.success) throw new InputError(`${option} is "${plain(text)}", which is not an instant.`, { next: 'Write date, time and offset, for example 2026-12-05T06:00:00-08:00 or 2026-12-05T14:00:00Z.' });
  return parsed.data;
}
