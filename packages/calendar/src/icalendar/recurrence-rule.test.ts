import { describe, expect, it } from 'vitest';
import { readRecurrenceRule } from './recurrence-rule.ts';

/** Tuesday, 1 December 2026, 06:30:15 by the wall clock. */
const start = { wall: Date.parse('2026-12-01T06:30:15Z') };

function read(value: string) {
  const complaints: string[] = [];
  const rule = readRecurrenceRule({ line: 7, name: 'RRULE', parameters: new Map(), value }, start, (code, line, message) => complaints.push(`${line} ${code} ${message}`));
  return { rule, complaints };
}

describe('a recurrence rule', () => {
  it('limits nothing that it does not name, and weeks begin on Monday', () => {
    expect(read('FREQ=DAILY')).toEqual({ rule: { frequency: 'DAILY', interval: 1, count: null, until: null, months: [], monthDays: [], yearDays: [], weekdays: [], positions: [], weekStart: 1 }, complaints: [] });
  });

  it.each<[string, string, object]>([
    ['its parts in any case, with spaces around and a semicolon after them', ' freq=weekly;interval=2;byday=mo; ', { frequency: 'WEEKLY', interval: 2, weekdays: [{ weekday: 1, nth: null }] }],
    ['lists without repetitions', 'FREQ=YEARLY;BYMONTH=1,12,1;BYMONTHDAY=-31,31,+5', { months: [1, 12], monthDays: [-31, 31, 5] }],
    ['days of the year from both ends', 'FREQ=YEARLY;BYYEARDAY=-366,366', { yearDays: [-366, 366] }],
    ['weekdays that are counted from both ends', 'FREQ=YEARLY;BYDAY=53SU,-53SA,+2WE,SU', { weekdays: [{ weekday: 0, nth: 53 }, { weekday: 6, nth: -53 }, { weekday: 3, nth: 2 }, { weekday: 0, nth: null }] }],
    ['positions among the days of a period', 'FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-366,366', { positions: [-366, 366] }],
    ['the day on which weeks begin', 'FREQ=WEEKLY;WKST=SU', { weekStart: 0 }],
    ['a later day on which weeks begin', 'FREQ=WEEKLY;WKST=SA', { weekStart: 6 }],
    ['the greatest interval and count', 'FREQ=DAILY;INTERVAL=10000;COUNT=1000000', { interval: 10_000, count: 1_000_000 }],
    ['the time of day of its start, said again', 'FREQ=DAILY;BYHOUR=6;BYMINUTE=30;BYSECOND=15', { frequency: 'DAILY' }],
    ['an end by the wall clock', 'FREQ=DAILY;UNTIL=20261205T063015', { until: { wall: Date.parse('2026-12-05T06:30:15Z') } }],
  ])('holds %s', (_name, value, expected) => {
    const { rule, complaints } = read(value);
    expect(complaints).toEqual([]);
    expect(rule).toMatchObject(expected);
  });

  it.each([
    ['no frequency', 'INTERVAL=2', 'comes back at no stated FREQ'],
    ['a frequency finer than a day', 'FREQ=HOURLY', 'comes back “HOURLY”; only DAILY'],
    ['a part that is not read', 'FREQ=YEARLY;BYWEEKNO=1', 'has the part “BYWEEKNO=1”, which is not read'],
    ['a part without a value', 'FREQ=DAILY;COUNT', 'has the part “COUNT”'],
    ['a value without a part', 'FREQ=DAILY;=2', 'has the part “=2”'],
    ['a part that is given twice', 'FREQ=DAILY;COUNT=2;COUNT=2', 'gives COUNT twice'],
    ['days of the year in a month', 'FREQ=MONTHLY;BYYEARDAY=1', 'has BYYEARDAY, which only YEARLY can'],
    ['days of the month in a week', 'FREQ=WEEKLY;BYMONTHDAY=1', 'has BYMONTHDAY, which WEEKLY cannot'],
    ['positions among nothing', 'FREQ=MONTHLY;BYSETPOS=1', 'has BYSETPOS and nothing to choose from'],
    ['another hour than that of its start', 'FREQ=DAILY;BYHOUR=7', 'has a BYHOUR other than that of DTSTART'],
    ['several hours', 'FREQ=DAILY;BYHOUR=6,7', 'has a BYHOUR other than that of DTSTART'],
    ['an hour of three digits', 'FREQ=DAILY;BYHOUR=006', 'has a BYHOUR other'],
    ['an hour that is none', 'FREQ=DAILY;BYHOUR=', 'has a BYHOUR other'],
    ['another minute', 'FREQ=DAILY;BYMINUTE=3', 'has a BYMINUTE other'],
    ['another second', 'FREQ=DAILY;BYSECOND=0', 'has a BYSECOND other'],
    ['an interval of nothing', 'FREQ=DAILY;INTERVAL=0', 'RFC 5545 §3.3.10 does not allow'],
    ['an interval that is too great', 'FREQ=DAILY;INTERVAL=10001', 'RFC 5545 §3.3.10 does not allow'],
    ['an interval with something after it', 'FREQ=DAILY;INTERVAL=2x', 'RFC 5545 §3.3.10 does not allow'],
    ['an interval with something before it', 'FREQ=DAILY;INTERVAL=x2', 'RFC 5545 §3.3.10 does not allow'],
    ['an interval in another notation', 'FREQ=DAILY;INTERVAL=1e1', 'RFC 5545 §3.3.10 does not allow'],
    ['a count that is no number', 'FREQ=DAILY;COUNT=many', 'RFC 5545 §3.3.10 does not allow'],
    ['a thirteenth month beside a first', 'FREQ=YEARLY;BYMONTH=1,13', 'RFC 5545 §3.3.10 does not allow'],
    ['a day before the first of the month', 'FREQ=MONTHLY;BYMONTHDAY=-32', 'RFC 5545 §3.3.10 does not allow'],
    ['a day of the year that no year has', 'FREQ=YEARLY;BYYEARDAY=367', 'RFC 5545 §3.3.10 does not allow'],
    ['a day zero of the year', 'FREQ=YEARLY;BYYEARDAY=0', 'RFC 5545 §3.3.10 does not allow'],
    ['a position zero', 'FREQ=MONTHLY;BYDAY=MO;BYSETPOS=0', 'RFC 5545 §3.3.10 does not allow'],
    ['a weekday that is none beside one', 'FREQ=WEEKLY;BYDAY=MO,XX', 'RFC 5545 §3.3.10 does not allow'],
    ['a zeroth weekday', 'FREQ=MONTHLY;BYDAY=0MO', 'RFC 5545 §3.3.10 does not allow'],
    ['a weekday that no year has', 'FREQ=YEARLY;BYDAY=54MO', 'RFC 5545 §3.3.10 does not allow'],
    ['a count of three digits', 'FREQ=YEARLY;BYDAY=001MO', 'RFC 5545 §3.3.10 does not allow'],
    ['something before the count of a weekday', 'FREQ=YEARLY;BYDAY=x1MO', 'RFC 5545 §3.3.10 does not allow'],
    ['a beginning of weeks that is none', 'FREQ=WEEKLY;WKST=XX', 'RFC 5545 §3.3.10 does not allow'],
    ['an end that is none', 'FREQ=DAILY;UNTIL=soon', 'RFC 5545 §3.3.10 does not allow'],
    ['two intervals', 'FREQ=DAILY;INTERVAL=1,2', 'ends or begins in two ways'],
    ['two counts', 'FREQ=DAILY;COUNT=1,2', 'ends or begins in two ways'],
    ['two beginnings of weeks', 'FREQ=WEEKLY;WKST=MO,SU', 'ends or begins in two ways'],
    ['a count and an end', 'FREQ=DAILY;COUNT=2;UNTIL=20261205', 'ends or begins in two ways'],
    ['weekdays that are counted in a week', 'FREQ=WEEKLY;BYDAY=1MO', 'counts weekdays, which only MONTHLY and YEARLY can'],
    ['weekdays that are counted in a day', 'FREQ=DAILY;BYDAY=MO,-1TU', 'counts weekdays, which only MONTHLY and YEARLY can'],
  ])('is refused with %s', (_name, value, message) => {
    const { rule, complaints } = read(value);
    expect(rule).toBeNull();
    expect(complaints).toEqual([expect.stringMatching(/^7 recurrence RRULE /)]);
    expect(complaints[0]).toContain(message);
  });
});
