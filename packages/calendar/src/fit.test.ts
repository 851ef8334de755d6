import { describe, expect, it } from 'vitest';
import { expectedDeploySeconds, fits } from './fit.ts';

describe('expectedDeploySeconds', () => {
  it.each([
    ['too few deploys: the fallback', [60, 70], 900],
    ['three deploys: the longest', [60, 70, 65], 70],
    ['twenty deploys: the nineteenth', Array.from({ length: 20 }, (_, index) => index + 1), 19],
    ['order does not matter', [300, 10, 20], 300],
  ])('%s', (_name, seconds, expected) => {
    expect(expectedDeploySeconds(seconds, 900)).toBe(expected);
  });
});

describe('fits', () => {
  const until = 1_000_000_000;
  it.each([
    ['at the last safe start', until - 90_000, true],
    ['a millisecond later', until - 89_999, false],
  ])('%s', (_name, at, expected) => {
    expect(fits({ at, until, expectedSeconds: 60, reserveSeconds: 30 })).toEqual({ fits: expected, lastSafeStart: until - 90_000 });
  });
});
