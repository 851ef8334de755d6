import { InputError } from './input-error.ts';
import { entryCount, plain } from './render/plain.ts';

export type RangeOptions = { readonly from?: string; readonly to?: string };

/** Entries from `from` up to but not including `end`. */
export type EntryRange = { readonly from: number; readonly end: number };

/** An entry's index, from 0. Throws InputError for anything else. */
export function parseIndex(text: string, what: string): number {
  if (/^(?:0|[1-9][0-9]{0,8})$/.test(text)) return Number(text);
  throw new InputError(`${what} is "${plain(text)}"; it takes the index of an entry, counted from 0.`, { next: '`sallyport ledger show` lists the last ones with their index.' });
}

/** The entries that `--from` and `--to` name, both included, of a ledger of `size`; all without them. Throws InputError for those it does not have. */
export function parseRange({ from, to }: RangeOptions, size: number): EntryRange {
  const first = from === undefined ? 0 : requireEntry(parseIndex(from, '--from'), size);
  const last = to === undefined ? size - 1 : requireEntry(parseIndex(to, '--to'), size);
  if (first > last && size > 0) throw new InputError(`--from is ${first} and --to is ${last}, so there is nothing between them.`, { next: 'Both are included: give the lower one as --from.' });
  return { from: first, end: last + 1 };
}

/** Throws InputError when the ledger has no such entry. */
export function requireEntry(index: number, size: number): number {
  if (index < size) return index;
  throw new InputError(`The ledger has ${entryCount(size)} and no entry ${index}.`, { next: size === 0 ? 'Nothing has been recorded yet.' : `Give an index from 0 to ${size - 1}.` });
}
