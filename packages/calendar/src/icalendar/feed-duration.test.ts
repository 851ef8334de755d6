import { describe, expect, it } from 'vitest';
import { nominalLength, parseDuration } from './feed-duration.ts';

describe('parseDuration', () => {
  it.each([
    ['P1W', 7, 0],
    ['P2D', 2, 0],
    ['+P2D', 2, 0],
    ['PT0S', 0, 0],
    ['PT15M', 0, 900_000],
    ['PT1H30S', 0, 3_630_000],
    ['P15DT5H0M20S', 15, 18_020_000],
    ['P999999D', 999_999, 0],
    ['PT999999999S', 0, 999_999_999_000],
  ])('reads %s', (text, days, milliseconds) => {
    expect(parseDuration(text)).toEqual({ days, milliseconds });
  });

  it.each(['', 'P', 'PT', 'P1', 'P1DT', '-P1D', 'P1M', 'P1Y', 'PT1D', 'P1H', 'PT1S1M', 'PT1M1M', 'P1.5D', 'P-1D', '1D', 'P1WT', 'P1DT1HT1M', 'P1000000D', 'PT1000000000S', 'p1d', 'P1constructor'])('refuses %j', (text) => {
    expect(parseDuration(text)).toBeNull();
  });
});

it('nominalLength counts days of 24 hours', () => {
  expect(nominalLength({ days: 2, milliseconds: 5 })).toBe(172_800_005);
});
