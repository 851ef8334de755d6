import { describe, expect, it } from 'vitest';
import { parseDuration } from './duration.ts';

describe('parseDuration', () => {
  it.each([
    ['0s', 0],
    ['45s', 45],
    ['90m', 5_400],
    ['24h', 86_400],
    ['3d', 259_200],
    ['1h30m', 5_400],
    ['1d2h3m4s', 93_784],
    ['366d', 31_622_400],
  ])('reads %s as %d seconds', (text, seconds) => {
    expect(parseDuration(text)).toBe(seconds);
  });

  it.each(['', '24', 'h', '24 h', '30m1h', '1h1h', '1.5h', '-1h', '+1h', '1H', '1w', '367d', '9999999999s', '1h\n'])('does not read %j', (text) => {
    expect(parseDuration(text)).toBeNull();
  });
});
