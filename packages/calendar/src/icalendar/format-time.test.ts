import { describe, expect, it } from 'vitest';
import { formatOffset, formatWallTime } from './format-time.ts';

describe('formatWallTime', () => {
  it.each([
    ['0001-01-01T00:00:00Z', '00010101T000000'],
    ['9999-12-31T23:59:59Z', '99991231T235959'],
  ])('writes %s', (time, text) => {
    expect(formatWallTime(Date.parse(time))).toBe(text);
  });

  it.each(['-000001-12-31T23:59:59Z', '0000-12-31T23:59:59Z', '+010000-01-01T00:00:00Z'])('refuses %s, whose year has not four digits from 1', (time) => {
    expect(() => formatWallTime(Date.parse(time))).toThrow(RangeError);
  });
});

describe('formatOffset', () => {
  it.each([
    [0, '+0000'],
    [-8 * 3_600_000, '-0800'],
    [5.75 * 3_600_000, '+0545'],
    [-75_000, '-000115'],
    [36_000_000, '+1000'],
  ])('writes %d', (offset, text) => {
    expect(formatOffset(offset)).toBe(text);
  });
});
