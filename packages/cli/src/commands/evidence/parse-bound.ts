import type { Bound } from '@sallyport/pipeline';
import { InputError } from '../../input-error.ts';
import { parseInstant } from '../../parse-instant.ts';
import { plain } from '../../render/plain.ts';

/** A date, which counts in the zone of the report, or an instant with its offset. Throws InputError for anything else, and for a date that no calendar has. */
export function parseBound(text: string, option: string): Bound {
  if (/^\d{4}-\d{2}-\d{2}T/.test(text)) return { at: parseInstant(text, option) };
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  if (!Number.isNaN(at) && new Date(at).toISOString().startsWith(text)) return { date: text };
  throw new InputError(`${option} is "${plain(text)}", which is neither a date nor an instant.`, { next: 'Write for example 2026-11-01, or 2026-11-01T00:00:00-07:00.' });
}
