import { InputError } from './input-error.ts';
import { plain } from './render/plain.ts';

/** A whole number from 1 to `most`, of an option that counts something. Throws InputError for anything else. */
export function parseCount(text: string, option: string, most: number): number {
  const count = /^[1-9][0-9]{0,8}$/.test(text) ? Number(text) : Number.NaN;
  if (count <= most) return count;
  throw new InputError(`${option} is "${plain(text)}"; it takes a number from 1 to ${most}.`);
}
