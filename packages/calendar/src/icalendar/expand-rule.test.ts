import { describe, expect, it } from 'vitest';
import { expandRule } from './expand-rule.ts';
import { readRule, wallOf } from './recurrence-rule.fixture.ts';
import { stepBudget } from './step-budget.ts';

function expand(value: string, start: string, from: string, to: string): readonly string[] {
  const rule = readRule(value, start);
  const walls = expandRule(rule, wallOf(start), rule.until?.wall ?? null, { from: wallOf(from), to: wallOf(to) }, stepBudget(1_000_000)) ?? [];
  return walls.map((wall) => new Date(wall).toISOString().slice(0, 10));
}

describe('the examples of RFC 5545 §3.8.5.3', () => {
  it.each<[string, string, string, readonly string[]]>([
    ['every other day', 'FREQ=DAILY;INTERVAL=2;COUNT=3', '19970902T090000', ['1997-09-02', '1997-09-04', '1997-09-06']],
    ['every other week on Monday, Wednesday and Friday', 'FREQ=WEEKLY;INTERVAL=2;UNTIL=19970920T000000Z;WKST=SU;BYDAY=MO,WE,FR', '19970901T090000', ['1997-09-01', '1997-09-03', '1997-09-05', '1997-09-15', '1997-09-17', '1997-09-19']],
    ['the week beginning on Monday makes a difference', 'FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO', '19970805T090000', ['1997-08-05', '1997-08-10', '1997-08-19', '1997-08-24']],
    ['from the week beginning on Sunday', 'FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU', '19970805T090000', ['1997-08-05', '1997-08-17', '1997-08-19', '1997-08-31']],
    ['the first Friday of the month', 'FREQ=MONTHLY;COUNT=3;BYDAY=1FR', '19970905T090000', ['1997-09-05', '1997-10-03', '1997-11-07']],
    ['the last Monday but one of the month', 'FREQ=MONTHLY;COUNT=3;BYDAY=-2MO', '19970922T090000', ['1997-09-22', '1997-10-20', '1997-11-17']],
    ['the third day from the end of the month', 'FREQ=MONTHLY;COUNT=3;BYMONTHDAY=-3', '19970928T090000', ['1997-09-28', '1997-10-29', '1997-11-28']],
    ['Friday the thirteenth', 'FREQ=MONTHLY;COUNT=3;BYDAY=FR;BYMONTHDAY=13', '19970902T090000', ['1998-02-13', '1998-03-13', '1998-11-13']],
    ['the 30th, and the months that have none are passed over', 'FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5', '20070115T090000', ['2007-01-15', '2007-01-30', '2007-02-15', '2007-03-15', '2007-03-30']],
    ['the last working day of the month', 'FREQ=MONTHLY;COUNT=3;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1', '19970929T090000', ['1997-09-30', '1997-10-31', '1997-11-28']],
    ['the second working day of the week, also when the first is before the start', 'FREQ=WEEKLY;COUNT=2;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=2', '20260106T090000', ['2026-01-06', '2026-01-13']],
    ['the 1st, 100th and 200th day of every third year', 'FREQ=YEARLY;INTERVAL=3;COUNT=4;BYYEARDAY=1,100,200', '19970101T090000', ['1997-01-01', '1997-04-10', '1997-07-19', '2000-01-01']],
    ['the 20th Monday of the year', 'FREQ=YEARLY;COUNT=2;BYDAY=20MO', '19970519T090000', ['1997-05-19', '1998-05-18']],
    ['election day', 'FREQ=YEARLY;INTERVAL=4;COUNT=2;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8', '19961105T090000', ['1996-11-05', '2000-11-07']],
    ['29 February', 'FREQ=YEARLY;COUNT=2', '19960229T090000', ['1996-02-29', '2000-02-29']],
    ['the last day of the year', 'FREQ=YEARLY;COUNT=2;BYYEARDAY=-1', '20231231T090000', ['2023-12-31', '2024-12-31']],
    ['the last Monday of the year', 'FREQ=YEARLY;COUNT=2;BYDAY=-1MO', '20231225T090000', ['2023-12-25', '2024-12-30']],
  ])('%s', (_name, value, start, expected) => {
    expect(expand(value, start, '19900101', '20300101')).toEqual(expected);
  });
});

describe('a rule that leaves its days to the start', () => {
  it.each<[string, string, string, readonly string[]]>([
    ['comes back on its weekday', 'FREQ=WEEKLY;COUNT=3', '20261201T090000', ['2026-12-01', '2026-12-08', '2026-12-15']],
    ['comes back on its day of the month', 'FREQ=MONTHLY;COUNT=3', '20261215T090000', ['2026-12-15', '2027-01-15', '2027-02-15']],
    ['passes over months that lack the day', 'FREQ=MONTHLY;COUNT=3', '20260131T090000', ['2026-01-31', '2026-03-31', '2026-05-31']],
    ['comes back on its date', 'FREQ=YEARLY;COUNT=2', '20261215T090000', ['2026-12-15', '2027-12-15']],
    ['comes back on its day in the months that are chosen, in their order', 'FREQ=YEARLY;COUNT=4;BYMONTH=11,2', '20260215T090000', ['2026-02-15', '2026-11-15', '2027-02-15', '2027-11-15']],
    ['comes back every day', 'FREQ=DAILY;COUNT=2', '20261231T090000', ['2026-12-31', '2027-01-01']],
  ])('%s', (_name, value, start, expected) => {
    expect(expand(value, start, '19900101', '20300101')).toEqual(expected);
  });
});

describe('a rule from years ago', () => {
  it.each<[string, string, readonly string[]]>([
    ['every third day', 'FREQ=DAILY;INTERVAL=3', ['2026-12-01', '2026-12-04', '2026-12-07', '2026-12-10', '2026-12-13']],
    ['every other week', 'FREQ=WEEKLY;INTERVAL=2', ['2026-12-13']],
    ['every month', 'FREQ=MONTHLY', ['2026-12-01']],
    ['every ninth month, which it is', 'FREQ=MONTHLY;INTERVAL=9', ['2026-12-01']],
    ['every fifth month, which it is not', 'FREQ=MONTHLY;INTERVAL=5', []],
    ['every December', 'FREQ=YEARLY;BYMONTH=12', ['2026-12-01']],
    ['every second December, which it is', 'FREQ=YEARLY;INTERVAL=2;BYMONTH=12', ['2026-12-01']],
    ['every fourth December, which it is not', 'FREQ=YEARLY;INTERVAL=4;BYMONTH=12', []],
  ])('comes back in the range as if every time before had been counted: %s', (_name, value, expected) => {
    expect(expand(value, '20200301T090000', '20261201', '20261214')).toEqual(expected);
    expect(expand(`${value};COUNT=10000`, '20200301T090000', '20261201', '20261214')).toEqual(expected);
  });
});

describe('a rule from years ago', () => {
  it('that had a count has none left', () => {
    expect(expand('FREQ=DAILY;COUNT=10', '20200301T090000', '20261201', '20261214')).toEqual([]);
  });
});

describe('the range', () => {
  it('has both of its bounds', () => {
    expect(expand('FREQ=DAILY', '20200301T090000', '20261201T090000', '20261203T090000')).toEqual(['2026-12-01', '2026-12-02', '2026-12-03']);
  });
});

describe('the cost', () => {
  it.each([
    ['a day that does not exist', 'FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30', 800],
    ['a rule from long ago', 'FREQ=DAILY', 800],
    ['a yearly rule that looks at every day', 'FREQ=YEARLY;BYDAY=53MO', 1500],
  ])('of %s grows with the range only', (_name, value, most) => {
    const budget = stepBudget(100_000);
    const result = expandRule(readRule(value, '16010101T000000'), wallOf('16010101T000000'), null, { from: wallOf('20260101'), to: wallOf('20270101') }, budget);
    expect(result).not.toBeNull();
    expect(budget.spent()).toBeLessThan(most);
  });

  it('of a date is higher by one for every eight of the days and positions that it is compared with', () => {
    const budget = stepBudget(100_000);
    const rule = readRule('FREQ=YEARLY;BYDAY=MO,TU,WE,TH;BYMONTHDAY=1,2,3,4;BYYEARDAY=1,2,3,4;BYSETPOS=1,2,3,4', '20260101T000000');
    expandRule(rule, wallOf('20260101'), null, { from: wallOf('20260101'), to: wallOf('20261231') }, budget);
    expect(budget.spent()).toBe(1 + 365 * 3);
  });

  it('of a count that is never reached stops at the end of the range', () => {
    const budget = stepBudget(1_000_000);
    expect(expandRule(readRule('FREQ=MONTHLY;COUNT=1000000;BYMONTH=2;BYMONTHDAY=30', '20200101T000000'), wallOf('20200101T000000'), null, { from: wallOf('20260101'), to: wallOf('20270101') }, budget)).toEqual([]);
    expect(budget.spent()).toBeLessThan(4000);
  });

  it('is refused when the budget does not suffice', () => {
    const budget = stepBudget(100);
    expect(expandRule(readRule('FREQ=DAILY;COUNT=1000000', '16010101T000000'), wallOf('16010101T000000'), null, { from: wallOf('20260101'), to: wallOf('20270101') }, budget)).toBeNull();
    expect(budget.spent()).toBe(100);
  });
});
