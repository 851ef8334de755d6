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
    ['the last character of one octet that just fits', `${'x'.repeat(74)}\u007F`, `${'x'.repeat(74)}\u007F\r\n`],
    ['the first character of two octets that would cross the limit', `${'x'.repeat(74)}\u0080`, `${'x'.repeat(74)}\r\n \u0080\r\n`],
    ['the last character of two octets that just fits', `${'x'.repeat(73)}\u07FF`, `${'x'.repeat(73)}\u07FF\r\n`],
    ['the first character of three octets that would cross the limit', `${'x'.repeat(73)}\u0800`, `${'x'.repeat(73)}\r\n \u0800\r\n`],
    ['the last character of three octets that just fits', `${'x'.repeat(72)}\uFFFF`, `${'x'.repeat(72)}\uFFFF\r\n`],
    ['the first character of four octets that would cross the limit', `${'x'.repeat(72)}\u{10000}`, `${'x'.repeat(72)}\r\n \u{10000}\r\n`],
    ['150 octets, as the space counts too', 'x'.repeat(150), `${'x'.repeat(75)}\r\n ${'x'.repeat(74)}\r\n x\r\n`],
  ])('of %s', (_name, line, expected) => {
    expect(foldLine(line)).toBe(expected);
  });
});
