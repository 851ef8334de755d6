import { describe, expect, it } from 'vitest';
import { checkFreshness } from './feed-freshness.ts';

const now = Date.parse('2026-12-05T12:00Z');
const day = 86_400;

describe('checkFreshness', () => {
  it.each([
    ['one of this moment', now, day, 'fresh'],
    ['one of exactly the longest age', now - day * 1000, day, 'fresh'],
    ['one a millisecond older', now - day * 1000 - 1, day, 'stale'],
    ['one of a minute ahead, as clocks differ', now + 60_000, day, 'fresh'],
    ['one of more than a minute ahead', now + 60_001, day, 'unknown'],
    ['one that does not say', null, day, 'unknown'],
    ['one of no time', NaN, day, 'unknown'],
    ['any, where no age is allowed', now, NaN, 'unknown'],
    ['any, where the age is negative', now, -1, 'unknown'],
  ])('takes %s', (_name, at, longestAgeSeconds, expected) => {
    expect(checkFreshness({ at, now, longestAgeSeconds }).state).toBe(expected);
  });

  it('says how old it is and how old it may be', () => {
    expect(checkFreshness({ at: now - 3 * day * 1000, now, longestAgeSeconds: day })).toEqual({ state: 'stale', ageSeconds: 3 * day, message: expect.stringMatching(/3 days old.*24 hours/) as string });
  });

  it('gives no age below zero', () => {
    expect(checkFreshness({ at: now + 1000, now, longestAgeSeconds: day })).toEqual({ state: 'fresh', ageSeconds: 0 });
  });
});
