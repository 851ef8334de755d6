import { describe, expect, it } from 'vitest';
import { positionsIn } from './text-position.ts';

describe('positionsIn', () => {
  it.each([
    ['the start', 'ab\ncd', 0, 1, 1],
    ['the line break itself', 'ab\ncd', 2, 1, 3],
    ['after a line feed', 'ab\ncd', 3, 2, 1],
    ['after CRLF', 'ab\r\ncd', 5, 2, 2],
    ['after a lone carriage return', 'ab\rcd', 3, 2, 1],
    ['the end', 'ab\ncd', 5, 2, 3],
    ['past the end', 'ab\ncd', 99, 2, 3],
    ['before the start', 'ab\ncd', -1, 1, 1],
    ['an empty text', '', 0, 1, 1],
    ['the last of many lines', 'x\n'.repeat(1_000), 1_998, 1_000, 1],
  ])('finds %s', (_name, text, offset, line, column) => {
    expect(positionsIn(text)(offset)).toEqual({ line, column });
  });
});
