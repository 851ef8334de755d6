/** Remembers what every plain object, list, map and set holds that can be reached from `roots`. The function given puts all of it back, into the same objects, as often as it is called. */
export function rememberObjects(roots: readonly object[]): () => void {
  const restores: (() => void)[] = [];
  const met = new Set<unknown>();
  const queue: unknown[] = [...roots];
  for (let one = queue.pop(); one !== undefined || queue.length > 0; one = queue.pop()) {
    if (typeof one !== 'object' || one === null || met.has(one)) continue;
    met.add(one);
    const remembered = rememberOne(one);
    if (remembered === null) continue;
    restores.push(remembered.restore);
    queue.push(...remembered.holds.filter((held) => typeof held === 'object' && held !== null));
  }
  return () => {
    for (const restore of restores) restore();
  };
}

type Remembered = { readonly holds: readonly unknown[]; readonly restore: () => void };

/** null for what has an inside of its own, such as bytes, promises and processes: it is left alone. */
function rememberOne(one: object): Remembered | null {
  if (Array.isArray(one)) return rememberList(one);
  if (one instanceof Map) return rememberMap(one);
  if (one instanceof Set) return rememberSet(one);
  return Object.getPrototypeOf(one) === Object.prototype ? rememberRecord(one as Record<string, unknown>) : null;
}

function rememberList(list: unknown[]): Remembered {
  const holds = [...list];
  return { holds, restore: () => void list.splice(0, list.length, ...holds) };
}

function rememberMap(map: Map<unknown, unknown>): Remembered {
  const held = [...map];
  const restore = (): void => {
    map.clear();
    for (const [key, value] of held) map.set(key, value);
  };
  return { holds: held.flat(), restore };
}

function rememberSet(set: Set<unknown>): Remembered {
  const holds = [...set];
  const restore = (): void => {
    set.clear();
    for (const value of holds) set.add(value);
  };
  return { holds, restore };
}

function rememberRecord(record: Record<string, unknown>): Remembered {
  // What is computed when it is read, or can't be written, is nothing that changes here.
  const fields = Object.entries(Object.getOwnPropertyDescriptors(record)).filter(([, { writable }]) => writable === true).map(([field, { value }]) => [field, value as unknown] as const);
  const known = new Set(fields.map(([field]) => field));
  const restore = (): void => {
    for (const [field, { writable }] of Object.entries(Object.getOwnPropertyDescriptors(record))) if (writable === true && !known.has(field)) Reflect.deleteProperty(record, field);
    for (const [field, value] of fields) record[field] = value;
  };
  return { holds: fields.map(([, value]) => value), restore };
}

/** The same text for the same content. */
export const describeObjects = (root: unknown): string => JSON.stringify(root, (_field, value: unknown) => (value instanceof Map || value instanceof Set ? [...(value as Iterable<unknown>)] : value));
