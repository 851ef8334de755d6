import { InputError } from './input-error.ts';
import { parseInstant } from './parse-instant.ts';
import { plain } from './render/plain.ts';

/** The part of git's names that GitHub compares by: no ranges, no spaces, nothing that looks like an option. */
const ref = /^(?!-)(?!.*(?:\.\.|@\{|\/\/))[^\s\p{C}~^:?*[\\]{1,250}$/u;

/** A date (its first moment in UTC), an instant with its offset, or else a branch, tag or commit. Throws InputError for what is none of them. */
export function parseSince(text: string): { readonly ref: string } | { readonly at: number } {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return { at: parseInstant(`${text}T00:00:00Z`, '--since') };
  if (/^\d{4}-\d{2}-\d{2}T/.test(text)) return { at: parseInstant(text, '--since') };
  if (!ref.test(text)) throw new InputError(`--since is "${plain(text)}", which is neither a date nor the name of a branch, tag or commit.`, { next: 'Write for example v1.7.0, a commit, or 2026-11-01.' });
  return { ref: text };
}
