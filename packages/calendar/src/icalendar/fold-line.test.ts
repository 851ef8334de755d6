import { describe, expect, it } from 'vitest';
import { foldLine } from './fold-line.ts';

describe('foldLine', () => {
  it.each([
    ['an empty line', '', '\r\n'],
    ['75 octets', 'x'.repeat(75), `${'x'.repeat(75)}\r\n`],
    ['76 octets', 'x'.repeat(76), `${'x'.repeat(75)}\r\n x\r\n`],
    ['a character of two octets that would cross the limit', `${'x'.repeat(74)}ü`, `${'x'.repeat(74)}\r\n ü\r\n`],
    ['a character of four octets that would cross the limit', `${'x'.repeat(72)}🚀`, `${'x'.repeat(72)}\r\n 🚀\r\n`],
    ['a character of four octets that just fits', `${'x'.repeat(71)}🚀`, `${'x'.repeat(71)}🚀\r\n`],
    ['150 octets, as the space counts too', 'x'.repeat(150), `${'x'.repeat(75)}\r\n ${'x'.repeat(74)}\r\n x\r\n`],
  ])('of %s', (_name, line, expected) => {
    expect(foldLine(line)).toBe(expected);
  });
});
