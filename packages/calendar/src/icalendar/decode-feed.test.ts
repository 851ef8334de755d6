import { describe, expect, it } from 'vitest';
import { decodeFeed } from './decode-feed.ts';

function decode(input: string | Uint8Array, maximumBytes = 100) {
  const problems: string[] = [];
  const text = decodeFeed(input, maximumBytes, (code, line) => problems.push(`${line} ${code}`));
  return { text, problems };
}
const bytes = (...values: readonly number[]): Uint8Array => Uint8Array.from(values);
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('the text of a calendar file', () => {
  it.each<[string, string | Uint8Array, string]>([
    ['is that of its bytes', utf8('BEGIN: é'), 'BEGIN: é'],
    ['has no byte order mark', utf8('\uFEFFBEGIN'), 'BEGIN'],
    ['keeps the mark in the middle of it', 'BE\uFEFFGIN', 'BE\uFEFFGIN'],
    ['may be one letter', utf8('B'), 'B'],
    ['may be nothing', bytes(), ''],
    ['may be one zero byte', bytes(0), '\0'],
    ['may begin with two zero bytes, which are no letter in UTF-16', bytes(0, 0), '\0\0'],
  ])('%s', (_name, input, text) => {
    expect(decode(input)).toEqual({ text, problems: [] });
  });

  it.each<[string, Uint8Array]>([
    ['with its little-endian mark', bytes(0xff, 0xfe, 66, 0)],
    ['with its big-endian mark', bytes(0xfe, 0xff, 0, 66)],
    ['without a mark, little-endian', bytes(66, 0, 69, 0)],
    ['without a mark, big-endian', bytes(0, 66, 0, 69)],
  ])('is not read as UTF-16 %s', (_name, input) => {
    expect(decode(input)).toEqual({ text: null, problems: ['null encoding'] });
  });

  it.each<[string, Uint8Array, string]>([
    ['the first', bytes(0xe9, 10, 66), '1 encoding'],
    ['the last, which no line feed ends', bytes(66, 10, 66, 10, 66, 0xe9), '3 encoding'],
    ['one that begins as a little-endian mark would', bytes(0xff, 66), '1 encoding'],
    ['one that begins as a big-endian mark would', bytes(0xfe, 66), '1 encoding'],
    ['one whose second byte is half a mark', bytes(66, 0xff), '1 encoding'],
    ['one whose second byte is the other half', bytes(66, 0xfe), '1 encoding'],
    ['a single half mark', bytes(0xff), '1 encoding'],
  ])('is not UTF-8 in a line that is %s', (_name, input, problem) => {
    expect(decode(input)).toEqual({ text: null, problems: [problem] });
  });

  it('has at most so many bytes, however few letters they are', () => {
    expect(decode('éé', 4)).toEqual({ text: 'éé', problems: [] });
    expect(decode('éé', 3)).toEqual({ text: null, problems: ['null too-large'] });
    expect(decode(utf8('éé'), 4).text).toBe('éé');
    expect(decode(utf8('éé'), 3)).toEqual({ text: null, problems: ['null too-large'] });
  });
});
