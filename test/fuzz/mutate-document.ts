import type { Random } from './random.ts';

type Place = { readonly holder: Record<string, unknown> | unknown[]; readonly key: string | number };

/** Values that break what expects another: other types, other sizes, numbers that are none, keys that reach a prototype. */
const odd: readonly [unknown, ...unknown[]] = [null, true, false, 0, -1, 1, 1.5, -0, 9007199254740993, 1e308, '', 'NaN', 'Infinity', '0', '1', 'true', 'null', '__proto__', 'constructor', '\u0000', '\ud800', '\u202egnissim', 'ｕｎｉｔ', 'unit\n', 'é', 'e\u0301', '2026-13-01T00:00:00Z', '2026-11-23T10:00:00+24:00', '+275761-01-01T00:00:00Z', '0001-01-01T00:00:00Z', [], {}, [[]], { known: null }, { unknown: '' }, { known: 1, unknown: 'both' }, { items: [], complete: true }, { items: [], complete: false, missing: 'x' }, { complete: true }];

const keys: readonly [string, ...string[]] = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'known', 'unknown', 'items', 'complete', 'extra', ''];

/** One change of a JSON document in place, and its name. Arrays and objects in it must not be shared with others. */
export function mutateDocument(document: Record<string, unknown>, random: Random): string {
  const { holder, key } = placeIn(document, random);
  const write = (value: unknown): void => void Object.defineProperty(holder, key, { value, writable: true, enumerable: true, configurable: true });
  const value: unknown = Reflect.get(holder, key);
  const at = (what: string): string => `${what} at ${String(key)}`;
  switch (random.below(20)) {
    case 0:
      write(structuredClone(random.pick(odd)));
      return at('another value');
    case 1:
      if (Array.isArray(holder)) holder.splice(Number(key), 1);
      else Reflect.deleteProperty(holder, key);
      return at('removed');
    case 2:
      if (Array.isArray(holder)) holder.push(structuredClone(value));
      else Object.defineProperty(holder, random.pick(keys), { value: structuredClone(value), writable: true, enumerable: true, configurable: true });
      return at('twice');
    case 3:
      write([value]);
      return at('in a list');
    case 4:
      write({ known: value });
      return at('as known');
    case 5:
      write({ unknown: 'it was not read' });
      return at('unknown');
    case 6:
      write('x'.repeat(1 << random.below(16)));
      return at('a long text');
    case 7:
      write(nested(1 << random.below(10)));
      return at('deep');
    case 8:
      write(typeof value === 'number' ? String(value) : typeof value === 'string' ? Number(value) : JSON.stringify(value));
      return at('another type');
    case 9:
      write(typeof value === 'number' ? value + random.pick([-1, 1, 1000, 0.5]) : typeof value === 'string' ? changedText(value, random) : typeof value === 'boolean' ? !value : value);
      return at('a little off');
    case 10: {
      const other = placeIn(document, random);
      write(structuredClone(Reflect.get(other.holder, other.key)));
      return `${at('copied')} from ${String(other.key)}`;
    }
    case 11:
      if (Array.isArray(value)) value.reverse();
      else write(random.pick(['success', 'approved', 'completed', 'pull_request', 'write', 'user', 'push', true, 15_368]));
      return at('turned to good');
    default:
      // Of the right kind, so that it is read: someone else's id, another commit, an earlier time.
      write(structuredClone(random.pick([value, ...valuesOf(document, key)])));
      return at('as elsewhere');
  }
}

/** What stands under the same name elsewhere in the document. */
function valuesOf(part: unknown, key: string | number): readonly unknown[] {
  if (typeof part !== 'object' || part === null) return [];
  const own: unknown = Object.getOwnPropertyDescriptor(part, key)?.value;
  return [...(own === undefined ? [] : [own]), ...Object.values(part).flatMap((inner) => valuesOf(inner, key))];
}

/** Down from the top, a step at a time, so that outer and inner places are equally likely. */
function placeIn(document: Record<string, unknown>, random: Random): Place {
  let holder: Record<string, unknown> | unknown[] = document;
  for (;;) {
    const names = Object.keys(holder);
    const key = names[random.below(Math.max(1, names.length))] ?? 'extra';
    const value: unknown = Reflect.get(holder, key);
    if (typeof value !== 'object' || value === null || Object.keys(value).length === 0 || random.below(6) === 0) return { holder, key: Array.isArray(holder) ? Number(key) : key };
    holder = value as Record<string, unknown> | unknown[];
  }
}

function nested(depth: number): unknown {
  let value: unknown = 'bottom';
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { known: value };
  return value;
}

function changedText(text: string, random: Random): string {
  const at = random.below(text.length + 1);
  return random.pick([text.slice(0, at) + text.slice(at + 1), `${text.slice(0, at)}0${text.slice(at)}`, text.toUpperCase(), `${text} `, text.slice(0, at)]);
}

/** No facts at all: whatever a file may hold instead. */
export function garbage(random: Random, depth = random.below(5)): unknown {
  if (depth === 0) return structuredClone(random.pick(odd));
  const parts = Array.from({ length: random.below(5) }, () => [random.pick(['schema', 'gate', 'pullRequest', 'reviews', ...keys]), random.below(2) === 0 ? 'merge' : garbage(random, depth - 1)] as const);
  return random.below(3) === 0 ? parts.map(([, part]) => part) : Object.fromEntries(parts);
}
