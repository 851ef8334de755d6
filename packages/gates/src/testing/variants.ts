type Json = Readonly<Record<string, unknown>>;
export const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Makes another value of a part; undefined leaves that part alone. */
export type Change = (part: unknown) => unknown;

/** Every value that differs from this one in one place, with that place (`reviews.items[0].reviewer`). */
export function variants(value: unknown, change: Change, path = ''): readonly (readonly [string, unknown])[] {
  const changed = change(value);
  const here = changed === undefined ? [] : [[path, changed] as const];
  if (Array.isArray(value)) return [...here, ...value.flatMap((item: unknown, index) => variants(item, change, `${path}[${index}]`).map(([where, other]) => [where, value.with(index, other)] as const))];
  if (!isObject(value)) return here;
  return [...here, ...Object.entries(value).flatMap(([key, part]) => variants(part, change, path === '' ? key : `${path}.${key}`).map(([where, other]) => [where, { ...value, [key]: other }] as const))];
}

/** What was read is forgotten. */
export const forget: Change = (part) => (isObject(part) && 'known' in part ? { unknown: 'it was not read' } : undefined);
/** A list is cut short, and what is there stays. */
export const cut: Change = (part) => (isObject(part) && part['complete'] === true ? { items: part['items'], complete: false, missing: 'the rest' } : undefined);
/** A list is lost as a whole. */
export const lose: Change = (part) => (isObject(part) && part['complete'] === true ? { items: [], complete: false, missing: 'all of it' } : undefined);
