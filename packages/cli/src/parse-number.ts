import { InputError } from './input-error.ts';
import { plain } from './render/plain.ts';

/** A positive whole number below a billion, as GitHub numbers things; a leading # is taken. Throws InputError for anything else. */
export function parseNumber(text: string, what: string): number {
  const digits = /^#?([1-9][0-9]{0,8})$/.exec(text)?.[1];
  if (digits === undefined) throw new InputError(`"${plain(text)}" is not ${what}.`, { next: 'Give its number, for example 12.' });
  return Number(digits);
}
