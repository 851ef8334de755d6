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

  it.each([
    [119, '119 seconds'],
    [120, '2 minutes'],
    [7199, '119 minutes'],
    [7200, '2 hours'],
    [2 * day - 1, '47 hours'],
    [2 * day, '2 days'],
  ])('says an age of %d seconds in the words of people', (seconds, words) => {
    expect(checkFreshness({ at: now - seconds * 1000, now, longestAgeSeconds: 0 })).toMatchObject({ state: 'stale', message: expect.stringContaining(`The calendar is ${words} old`) as string });
  });

  it('may allow no age at all', () => {
    expect(checkFreshness({ at: now, now, longestAgeSeconds: 0 })).toEqual({ state: 'fresh', ageSeconds: 0 });
  });

  it('gives no age below zero', () => {
    expect(checkFreshness({ at: now + 1000, now, longestAgeSeconds: day })).toEqual({ state: 'fresh', ageSeconds: 0 });
  });
});
