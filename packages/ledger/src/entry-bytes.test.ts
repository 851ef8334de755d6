import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, decodeEntry, encodeEntry, maxEntryBytes, maxEntryDepth } from './entry-bytes.ts';
import type { LedgerEntry } from './entry.ts';

const emptyRoot = Buffer.from('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', 'hex').toString('base64');

const decision = (facts: Record<string, unknown>): LedgerEntry => ({
  schema: 1,
  index: 0,
  at: '2026-03-02T10:00:00+01:00',
  key: 'decision:merge:1',
  previousRoot: emptyRoot,
  body: { type: 'decision-made', gate: 'merge', subject: 'pull request 1', outcome: 'allow', decision: {}, facts },
});

const plain = Buffer.from(encodeEntry(decision({ a: 1 })).bytes).toString('utf8');
const withFacts = (facts: string): Uint8Array => Buffer.from(plain.replace('{"a":1}', () => facts), 'utf8');
const nested = (levels: number): string => `{"a":${'['.repeat(levels)}${']'.repeat(levels)}}`;
/** The entry, its body and its facts are three levels already. */
const levelsAround = 3;

const exact = (value: unknown): Record<string, unknown> =>
  JSON.parse(JSON.stringify(value), (_key, inner: unknown) => (typeof inner === 'number' && Math.abs(inner) > Number.MAX_SAFE_INTEGER ? 0 : inner)) as Record<string, unknown>;

describe('entry bytes', () => {
  it('are canonical JSON and a newline', () => {
    expect(plain).toBe(
      `{"at":"2026-03-02T10:00:00+01:00","body":{"decision":{},"facts":{"a":1},"gate":"merge","outcome":"allow","subject":"pull request 1","type":"decision-made"},"index":0,"key":"decision:merge:1","previousRoot":"${emptyRoot}","schema":1}\n`,
    );
  });

  it('come back the same from any facts', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue({ maxDepth: 5, stringUnit: 'grapheme' })).map(exact), (facts) => {
        const decoded = decodeEntry(encodeEntry(decision(facts)).bytes);
        expect(decoded.ok && Buffer.from(encodeEntry(decoded.entry).bytes)).toEqual(Buffer.from(encodeEntry(decision(facts)).bytes));
      }),
    );
  });

  it('are read in their canonical spelling and no other, whatever the order of keys', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'grapheme', maxLength: 2 }), fc.jsonValue({ maxDepth: 3, stringUnit: 'binary' })), (any) => {
        const text = JSON.stringify(any);
        const facts = exact(any);
        const isExact = text === JSON.stringify(facts);
        const canonical = Buffer.from(canonicalJson(facts));
        expect(decodeEntry(withFacts(text)).ok).toBe(isExact && canonical.equals(Buffer.from(text)));
        expect(decodeEntry(withFacts(canonical.toString('utf8'))).ok).toBe(true);
      }),
    );
  });

  it('come back the same when a key is called __proto__', () => {
    const bytes = withFacts('{"__proto__":{"a":1}}');
    const decoded = decodeEntry(bytes);
    expect(decoded.ok && encodeEntry(decoded.entry).bytes).toEqual(bytes);
  });

  it.each([
    ['the plain entry', '{"a":1}'],
    ['the deepest nesting', nested(maxEntryDepth - levelsAround)],
    ['keys that are numbers, in the order of texts', '{"10":1,"9":1}'],
    ['a text that looks like an escape', '{"a":"\\\\ud800"}'],
    ['the largest exact number', '{"a":9007199254740991}'],
  ])('are read: %s', (_name, facts) => {
    expect(decodeEntry(withFacts(facts))).toMatchObject({ ok: true });
  });

  it.each<[string, Uint8Array, string]>([
    ['nothing', Buffer.from(''), 'not JSON'],
    ['duplicate keys', withFacts('{"a":1,"a":1}'), 'not canonical'],
    ['duplicate keys of the entry', Buffer.from(plain.replace('"index":0', '"index":0,"index":0')), 'not canonical'],
    ['keys in another order, deep down', withFacts('{"a":[{"c":{"b":1,"a":1}}]}'), 'not canonical'],
    ['keys that are numbers, in the order of numbers', withFacts('{"9":1,"10":1}'), 'not canonical'],
    ['an escape in capitals', withFacts('{"a":"\\u001F"}'), 'not canonical'],
    ['keys in another order', withFacts('{"b":1,"a":1}'), 'not canonical'],
    ['an escape that need not be', withFacts('{"\\u0061":1}'), 'not canonical'],
    ['a number written otherwise', withFacts('{"a":1.0}'), 'not canonical'],
    ['minus zero', withFacts('{"a":-0}'), 'not canonical'],
    ['a number too large to be exact', withFacts('{"a":9007199254740993}'), 'too large'],
    ['a number of a thousand digits', withFacts(`{"a":${'9'.repeat(1000)}}`), 'too large'],
    ['a number beyond all', withFacts('{"a":1e400}'), 'too large'],
    ['white space', withFacts('{"a": 1}'), 'not canonical'],
    ['no newline at the end', Buffer.from(plain.trimEnd()), 'not canonical'],
    ['two newlines at the end', Buffer.from(`${plain}\n`), 'not canonical'],
    ['a byte order mark', Buffer.from(`\ufeff${plain}`), 'not JSON'],
    ['invalid UTF-8', Buffer.concat([Buffer.from(plain.slice(0, 10)), Buffer.from([0xff]), Buffer.from(plain.slice(10))]), 'not JSON'],
    ['an overlong spelling of a slash', Buffer.concat([Buffer.from(plain.slice(0, 10)), Buffer.from([0xc0, 0xaf]), Buffer.from(plain.slice(10))]), 'not JSON'],
    ['a lone surrogate', withFacts('{"a":"\\ud800"}'), 'not canonical'],
    ['one level too deep', withFacts(nested(maxEntryDepth - levelsAround + 1)), 'deeper'],
    ['a hundred thousand levels', withFacts(nested(100_000)), 'deeper'],
    ['2 MiB', withFacts(`{"a":"${'x'.repeat(2 * maxEntryBytes)}"}`), 'bytes'],
    ['an unknown field', Buffer.from(plain.replace('"schema":1', '"schema":1,"x":1')), 'shape'],
    ['another schema', Buffer.from(plain.replace('"schema":1', '"schema":2')), 'shape'],
    ['JSON that is no object', Buffer.from('null\n'), 'shape'],
  ])('are refused: %s', (_name, bytes, why) => {
    const decoded = decodeEntry(bytes);
    expect(decoded).toMatchObject({ ok: false, message: expect.stringContaining(why) as string });
  });

  it.each([
    ['a number that is none', Number.NaN],
    ['a big integer', 1n],
    ['a number too large to be exact', 2 ** 53],
    ['a lone surrogate', '\ud800'],
  ])('are not made from %s', (_name, value) => {
    expect(() => encodeEntry(decision({ value }))).toThrow(expect.objectContaining({ code: 'entry-refused' }));
  });
});
