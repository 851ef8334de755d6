import { describe, expect, it } from 'vitest';
import { parseComponents } from './component-tree.ts';
import { readFileZone } from './file-zone.ts';
import type { FileZone } from './file-zone.ts';
import { stepBudget } from './step-budget.ts';

const at = (text: string): number => Date.parse(text);
const hour = 3_600_000;
const range = { from: at('2026-01-01T00:00Z'), to: at('2027-01-01T00:00Z') };

/** A zone of the given observances, and the code of every problem that it has. */
function read(observances: readonly (readonly string[])[], steps = 100_000): { readonly zone: FileZone | null; readonly codes: readonly string[] } {
  const codes: string[] = [];
  const report = (code: string): void => void codes.push(code);
  const lines = ['BEGIN:VTIMEZONE', 'TZID:Anywhere', ...observances.flatMap((one) => ['BEGIN:STANDARD', ...one, 'END:STANDARD']), 'END:VTIMEZONE'];
  const [component] = parseComponents(lines.map((text, index) => ({ line: index + 1, text })), 3, report);
  return { zone: component === undefined ? null : readFileZone(component, range, stepBudget(steps), report), codes };
}

const change = (start: string, from: string, to: string, ...more: readonly string[]): readonly string[] => [`DTSTART:${start}`, `TZOFFSETFROM:${from}`, `TZOFFSETTO:${to}`, ...more];
const hoursAt = (zone: FileZone | null, instant: string, less = 0): number | null => (zone === null ? null : zone(at(instant) - less) / hour);

describe('a zone of a file', () => {
  it('is as before its first change until that, to the millisecond, and as after it from then on', () => {
    const { zone } = read([change(' 20260308T020000 ', '-0800', '-0700')]);
    expect([hoursAt(zone, '2026-01-01T00:00Z'), hoursAt(zone, '2026-03-08T10:00Z', 1), hoursAt(zone, '2026-03-08T10:00Z'), hoursAt(zone, '2026-12-01T00:00Z')]).toEqual([-8, -8, -7, -7]);
  });

  it('takes changes in the order of their instants, whatever the order of the file', () => {
    const { zone } = read([change('20261101T020000', '-0700', '-0800'), change('20260308T020000', '-0800', '-0700')]);
    expect([hoursAt(zone, '2026-06-01T00:00Z'), hoursAt(zone, '2026-11-01T09:00Z', 1), hoursAt(zone, '2026-11-01T09:00Z')]).toEqual([-7, -7, -8]);
  });

  it('changes at every further date', () => {
    const { zone } = read([change('20260101T000000', '+0000', '+0100', 'RDATE:20260301T000000, 20260501T000000', 'RDATE:20260701T000000'), change('20260201T000000', '+0100', '+0000', 'RDATE:20260401T000000,20260601T000000')]);
    expect(['01', '02', '03', '04', '05', '06', '07'].map((month) => hoursAt(zone, `2026-${month}-15T00:00Z`))).toEqual([1, 0, 1, 0, 1, 0, 1]);
  });

  it.each([
    ['+0545', 5.75],
    ['-0330', -3.5],
    ['+013020', 1.5 + 20 / 3600],
    [' +0100 ', 1],
    ['-0000', 0],
  ])('reads the offset %j', (offset, hours) => {
    expect(hoursAt(read([change('20260101T000000', '+0000', offset)]).zone, '2026-06-01T00:00Z')).toBeCloseTo(hours, 9);
  });

  const summer = (...rule: readonly string[]): readonly string[] => change('20070311T020000', '-0800', '-0700', ...rule);
  const winter = change('20071104T020000', '-0700', '-0800', 'RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU');

  it.each([
    ['goes on every year', 'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU', -7],
    ['includes an end in UTC that is the last change', 'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU;UNTIL=20260308T100000Z', -7],
    ['ends a second before its last change in UTC', 'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU;UNTIL=20260308T095959Z', -8],
    ['includes an end by the wall clock that is the last change', 'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU;UNTIL=20260308T020000', -7],
    ['ends a second before its last change by the wall clock', 'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU;UNTIL=20260308T015959', -8],
    ['includes all of the date on which it ends', 'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU;UNTIL=20260308', -7],
    ['ends with the date before its last change', 'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU;UNTIL=20260307', -8],
    ['that ended years ago ended then', 'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU;UNTIL=20100314T100000Z', -8],
  ])('has a rule that %s', (_name, rule, hours) => {
    expect(hoursAt(read([summer(rule), winter]).zone, '2026-06-01T00:00Z')).toBe(hours);
  });

  it('does not change at the midnight after the date on which its rule ends', () => {
    const { zone } = read([change('20200301T000000', '+0000', '+0100', 'RRULE:FREQ=YEARLY;UNTIL=20260228'), change('20201001T000000', '+0100', '+0000', 'RRULE:FREQ=YEARLY')]);
    expect(hoursAt(zone, '2026-06-01T00:00Z')).toBe(0);
  });

  it('stays as a rule left it that ended long before the range', () => {
    const { zone } = read([change('19700301T000000', '+0200', '+0300', 'RRULE:FREQ=YEARLY;UNTIL=19900301T000000'), change('19701001T000000', '+0300', '+0200', 'RRULE:FREQ=YEARLY;UNTIL=19891001T000000')]);
    expect(hoursAt(zone, '2026-06-01T00:00Z')).toBe(3);
  });

  it('stays as a rule left it that comes back after many years', () => {
    const { zone } = read([change('20000101T000000', '+0000', '+0100', 'RRULE:FREQ=YEARLY;INTERVAL=20'), change('20100101T000000', '+0100', '+0000', 'RRULE:FREQ=YEARLY;INTERVAL=20')]);
    expect(hoursAt(zone, '2026-06-01T00:00Z')).toBe(1);
  });
});

describe('a zone of a file is not read', () => {
  const whole = change('20260101T000000', '+0000', '+0100');
  const without = (name: string): readonly string[] => whole.filter((line) => !line.startsWith(name));

  it.each<[string, readonly (readonly string[])[], readonly string[]]>([
    ['without a change', [], ['zone-definition']],
    ['without the start of a change', [without('DTSTART')], ['zone-definition']],
    ['without the offset before', [without('TZOFFSETFROM')], ['zone-definition']],
    ['without the offset after', [without('TZOFFSETTO')], ['zone-definition']],
    ['with two starts', [[...whole, 'DTSTART:20270101T000000']], ['repeated-property', 'zone-definition']],
    ['with a start in UTC', [change('20260101T000000Z', '+0000', '+0100')], ['zone-definition']],
    ['with a start that is a date', [change('20260101', '+0000', '+0100')], ['zone-definition']],
    ['with a further date in UTC', [[...whole, 'RDATE:20260201T000000Z']], ['zone-definition']],
    ['with a further date that is none', [[...whole, 'RDATE:20260201T000000,soon']], ['zone-definition']],
    ['with a rule that is none', [[...whole, 'RRULE:FREQ=SOMETIMES']], ['recurrence']],
    ['with one change that is whole and one that is not', [whole, without('TZOFFSETTO')], ['zone-definition']],
    ...['0100', '+1', '+0160', '+01:00', '+010060', '+0100x', 'x+0100', '+00100'].map((offset): [string, readonly (readonly string[])[], readonly string[]] => [`with the offset ${offset}`, [change('20260101T000000', '+0000', offset)], ['zone-definition']]),
  ])('%s', (_name, observances, codes) => {
    expect(read(observances)).toEqual({ zone: null, codes });
  });

  it('when its rules cost more than the budget', () => {
    expect(read([[...whole, 'RRULE:FREQ=DAILY']], 100)).toEqual({ zone: null, codes: ['too-many-steps'] });
  });
});
