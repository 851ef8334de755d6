import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plain } from './plain.ts';
import { wrap } from './wrap.ts';

describe('wrap', () => {
  it('keeps every word, in order, and breaks no word', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1 }), fc.integer({ min: 20, max: 60 }), (words, width) => {
        const lines = wrap(words.join(' '), width, '  ').split('\n');
        expect(lines.map((line) => line.trim()).join(' ')).toBe(words.join(' '));
        expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width);
      }),
    );
  });
});

describe('plain', () => {
  it.each([
    ['an escape sequence', 'a\u001b[2Jb', 'a\uFFFD[2Jb'],
    ['a new line', 'a\n::error::b', 'a ::error::b'],
    ['a right-to-left override', 'a\u202Eb', 'a\uFFFDb'],
    ['ordinary text', 'Grüße “ok” 🎉', 'Grüße “ok” 🎉'],
  ])('takes the power out of %s', (_name, given, expected) => {
    expect(plain(given)).toBe(expected);
  });
});
