import { describe, expect, it } from 'vitest';
import { escapeText, unescapeText } from './content-text.ts';

describe('escapeText', () => {
  it.each([
    ['a comma, a semicolon and a backslash', 'a,b;c\\d', 'a\\,b\\;c\\\\d'],
    ['every kind of line break', 'a\nb\r\nc\rd\u0085e\u2028f\u2029g', 'a\\nb\\nc\\nd\\ne\\nf\\ng'],
    ['control characters, but not the space of a tab', 'a\u0000b\u001Bc\u007Fd\u009Fe\tf', 'abcde f'],
    ['marks that turn the direction of text', 'a\u202Eb\u2066c\uFEFFd', 'abcd'],
    ['half a character', 'a\uD83Db', 'ab'],
    ['a property in the name', 'x\r\nEND:VEVENT\r\nBEGIN:VALARM', 'x\\nEND:VEVENT\\nBEGIN:VALARM'],
  ])('takes %s', (_name, text, expected) => {
    expect(escapeText(text)).toBe(expected);
  });
});

describe('unescapeText', () => {
  it.each([
    ['escapes', 'a\\, b\\; c\\\\ d', 'a, b; c\\ d'],
    ['line breaks as spaces', 'a\\nb\\Nc', 'a b c'],
    ['an escape that is none', 'a\\xb', 'axb'],
    ['a backslash at the end', 'a\\', 'a\\'],
  ])('reads %s', (_name, value, expected) => {
    expect(unescapeText(value)).toBe(expected);
  });
});
