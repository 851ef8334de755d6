import { describe, expect, it } from 'vitest';
import { tzdataAge } from './tzdata-age.ts';

describe('tzdataAge', () => {
  it.each([
    ['a version of this year', '2026b', '2026-11-25T00:00:00Z', 'within-a-year'],
    ['a known version, a year after it was out', '2026b', '2027-04-22T00:00:00.000Z', 'within-a-year'],
    ['a known version, a millisecond later', '2026b', '2027-04-22T00:00:00.001Z', 'older-than-a-year'],
    ['a version of which only the year is known, at the end of the next year', '2025c', '2026-12-31T00:00:00.000Z', 'within-a-year'],
    ['a version of which only the year is known, a millisecond later', '2025c', '2026-12-31T00:00:00.001Z', 'older-than-a-year'],
    ['a version before one that is known', '2026a', '2027-04-22T00:00:00.001Z', 'older-than-a-year'],
    ['the last version of an earlier year', '2024b', '2026-01-01T00:00:00Z', 'older-than-a-year'],
    ['a version that nobody knows yet', '2031a', '2031-03-01T00:00:00Z', 'within-a-year'],
    ['a version of a year that has not come', '2027a', '2026-11-25T00:00:00Z', 'unknown'],
    ['no version', 'unknown', '2026-11-25T00:00:00Z', 'unknown'],
    ['an empty version', '', '2026-11-25T00:00:00Z', 'unknown'],
    ['a version with more after it', '2026b1', '2026-11-25T00:00:00Z', 'unknown'],
  ])('%s', (_name, version, now, age) => {
    expect(tzdataAge(version, Date.parse(now))).toMatchObject({ age, version });
  });

  it('says by when it was out', () => {
    expect(tzdataAge('2025b', Date.parse('2026-11-25T00:00:00Z'))).toEqual({ age: 'older-than-a-year', version: '2025b', releasedBy: Date.parse('2025-03-26T00:00:00Z') });
  });
});
