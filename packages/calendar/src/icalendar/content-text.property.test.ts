import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeText, unescapeText } from './content-text.ts';

describe('escapeText', () => {
  it('leaves nothing that could end a line, and every separator escaped', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const escaped = escapeText(text);
        expect(escaped).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
        expect(escaped.replace(/\\[\\;,n]/g, '')).not.toMatch(/[\\;,]/);
      }),
    );
  });
});

describe('unescapeText', () => {
  it('undoes escapeText for printable text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', 'ü', '🚀', ',', ';', '\\', 'n', ' ', ':') }), (text) => {
        expect(unescapeText(escapeText(text))).toBe(text);
      }),
    );
  });
});
