import { describe, expect, it } from 'vitest';
import { dayComplaint, dayRuleParts, namesDate } from './day-rule.ts';
import type { DayRule } from './policy.ts';

const december = Array.from({ length: 31 }, (_, index) => `2026-12-${String(index + 1).padStart(2, '0')}`);
const daysOf = (rule: DayRule, dates: readonly string[]): readonly number[] => dates.filter((date) => namesDate(rule, date)).map((date) => Number(date.slice(8)));

describe('namesDate', () => {
  it.each<[DayRule, readonly number[]]>([
    ['tuesday', [1, 8, 15, 22, 29]],
    ['first tuesday', [1]],
    ['second tuesday', [8]],
    ['third tuesday', [15]],
    ['fourth tuesday', [22]],
    ['fifth tuesday', [29]],
    ['last tuesday', [29]],
    ['last friday', [25]],
    ['last sunday', [27]],
    ['fourth friday', [25]],
    ['fifth friday', []],
  ])('%s of December 2026 is %j', (rule, days) => {
    expect(daysOf(rule, december)).toEqual(days);
  });

  it.each([
    ['2026-02-28', 'last saturday', true],
    ['2028-02-29', 'last tuesday', true],
    ['2028-02-22', 'last tuesday', false],
    ['2100-02-28', 'last sunday', true],
  ] as const)('knows how long February is: %s is the %s: %s', (date, rule, expected) => {
    expect(namesDate(rule, date)).toBe(expected);
  });
});

describe('dayComplaint', () => {
  it.each(['saturday', 'second tuesday', 'last friday'])('has nothing against %s', (text) => {
    expect(dayComplaint(text)).toBeNull();
  });

  it.each([
    ['thu', 'thursday'],
    ['Weds', 'wednesday'],
    ['second-tuesday', 'second tuesday'],
    ['Samstag', undefined],
    ['th', undefined],
  ])('takes %s to mean %s', (text, nearest) => {
    expect(dayComplaint(text)?.nearest).toBe(nearest);
  });
});

describe('dayRuleParts', () => {
  it.each([
    ['saturday', [null, 'saturday']],
    ['last friday', ['last', 'friday']],
  ] as const)('of %s', (rule, parts) => {
    expect(dayRuleParts(rule)).toEqual(parts);
  });
});
