import { describe, expect, it } from 'vitest';
import { isDate, isDateTime, isTime, weekdayOf } from './wall-clock.ts';

describe('isTime', () => {
  it.each([
    ['00:00', true],
    ['23:59', true],
    ['24:00', false],
    ['12:60', false],
    ['6:00', false],
    ['06:00:00', false],
    ['06:00\n', false],
  ])('of %j is %s', (text, expected) => {
    expect(isTime(text)).toBe(expected);
  });
});

describe('isDate', () => {
  it.each([
    ['2026-12-26', true],
    ['2028-02-29', true],
    ['2000-02-29', true],
    ['2026-02-29', false],
    ['2100-02-29', false],
    ['2026-04-31', false],
    ['2026-13-01', false],
    ['2026-00-01', false],
    ['2026-1-1', false],
    ['2026-12-26T00:00', false],
  ])('of %j is %s', (text, expected) => {
    expect(isDate(text)).toBe(expected);
  });
});

describe('isDateTime', () => {
  it.each([
    ['2026-12-29T06:00', true],
    ['2026-02-29T06:00', false],
    ['2026-12-29T24:00', false],
    ['2026-12-29 06:00', false],
    ['2026-12-29T06:00Z', false],
    ['2026-12-29', false],
  ])('of %j is %s', (text, expected) => {
    expect(isDateTime(text)).toBe(expected);
  });
});

describe('weekdayOf', () => {
  it.each([
    ['2026-12-26', 'saturday'],
    ['2026-12-27', 'sunday'],
    ['2026-12-28', 'monday'],
    ['2024-02-29', 'thursday'],
  ])('%s is a %s', (date, weekday) => {
    expect(weekdayOf(date)).toBe(weekday);
  });
});
