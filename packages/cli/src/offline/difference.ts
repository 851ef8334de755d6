import { canonicalJson } from '@sallyport/ledger';

export type Difference = { readonly path: string; readonly expected: string; readonly actual: string };

/** Where two JSON documents differ first, in reading order of the canonical form: path and both values; null when they are the same to the byte. */
export function firstDifference(expected: unknown, actual: unknown): Difference | null {
  return canonicalJson(expected) === canonicalJson(actual) ? null : locate(expected, actual, []);
}

function locate(expected: unknown, actual: unknown, path: readonly string[]): Difference {
  if (isObject(expected) && isObject(actual) && Array.isArray(expected) === Array.isArray(actual)) {
    const keys = [...new Set([...Object.keys(expected), ...Object.keys(actual)])].sort();
    for (const key of keys) {
      const [one, other] = [valueAt(expected, key), valueAt(actual, key)];
      if (textOf(one) !== textOf(other)) return locate(one, other, [...path, key]);
    }
  }
  return { path: path.join('.') || 'the whole', expected: short(textOf(expected)), actual: short(textOf(actual)) };
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;

const valueAt = (object: Readonly<Record<string, unknown>>, key: string): unknown => (Object.hasOwn(object, key) ? object[key] : undefined);

const textOf = (value: unknown): string => (value === undefined ? 'nothing' : canonicalJson(value));

const short = (text: string): string => (text.length <= 200 ? text : `${text.slice(0, 199)}…`);
