import { describe, expect, it } from 'vitest';
import { nearestSpelling } from './nearest.ts';

const fields = ['into', 'tests', 'review', 'code-owners', 'must-fit'];

describe('nearestSpelling', () => {
  it.each([
    ['test', 'tests'],
    ['reveiw', 'review'],
    ['codeOwners', 'code-owners'],
    ['CODE_OWNERS', 'code-owners'],
    ['code owner', 'code-owners'],
    ['mustfit', 'must-fit'],
  ])('of %s is %s', (word, expected) => {
    expect(nearestSpelling(word, fields)).toBe(expected);
  });

  it.each(['', 'x', 'zebra', 'into-the-wild', 'a'.repeat(100_000)])('of %.20s is nothing', (word) => {
    expect(nearestSpelling(word, fields)).toBeUndefined();
  });

  it('is nothing when there is nothing to choose from', () => {
    expect(nearestSpelling('tests', [])).toBeUndefined();
  });
});
