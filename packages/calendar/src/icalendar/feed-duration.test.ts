import { describe, expect, it } from 'vitest';
import { parseDuration } from './feed-duration.ts';

describe('parseDuration', () => {
  it.each([
    ['P1W', 7, 0],
    ['P2D', 2, 0],
    ['+P2D', 2, 0],
    ['PT0S', 0, 0],
    ['PT15M', 0, 900_000],
    ['PT1H30S', 0, 3_630_000],
    ['P15DT5H0M20S', 15, 18_020_000],
  ])('reads %s', (text, days, milliseconds) => {
    expect(parseDuration(text)).toEqual({ days, milliseconds });
  });

  it.each(['', 'P', 'PT', 'P1', 'P1DT', '-P1D', 'P1M', 'P1Y', 'PT1D', 'P1H', 'PT1S1M', 'PT1M1M', 'P1.5D', 'P-1D', '1D', 'P1WT', 'P1DT1HT1M', 'P9999999D', 'p1d', 'P1constructor'])('refuses %j', (text) => {
    expect(parseDuration(text)).toBeNull();
  });
});
