import type { WindowPolicy } from '@sallyport/policy';
import { describe, expect, it } from 'vitest';
import { dayFacts, dayNumber } from './day-number.ts';
import { prepareWindowRules } from './window-rules.ts';

const at = (text: string): number => Date.parse(text);
const people = { owner: '@ana', reason: 'launch' };
/** Friday nights, Saturday mornings, and an extra window, where a Friday was left out. */
const window: WindowPolicy = {
  name: 'w',
  zone: 'Pacific/Apia',
  days: ['friday'],
  from: '22:00',
  to: '02:00',
  also: [{ days: ['saturday'], from: '06:00', to: '08:00', except: [] }],
  except: [],
  extra: [{ from: '2012-01-02T06:00', to: '2012-01-02T07:00', ...people }, { from: '2012-01-02T07:00', to: '2012-01-02T07:00', ...people }],
};
const dates = (...texts: readonly string[]) => texts.map((text) => dayFacts(dayNumber(text)));

describe('the rules of a window', () => {
  it('are its own hours, more hours and extra windows, each with its place in the file', () => {
    expect(prepareWindowRules(window).map(({ rule }) => [rule.kind, rule.path.join('.')])).toEqual([['hours', 'windows.w'], ['hours', 'windows.w.also.0'], ['extra', 'windows.w.extra.0'], ['extra', 'windows.w.extra.1']]);
  });

  it.each([
    ['on a Friday, the night', '2011-12-23', [[{ from: at('2011-12-24T08:00Z'), to: at('2011-12-24T12:00Z') }], []]],
    ['on the Friday that was left out, nothing', '2011-12-30', [[], []]],
    ['on the Saturday after it, the morning', '2011-12-31', [[], [{ from: at('2011-12-30T16:00Z'), to: at('2011-12-30T18:00Z') }]]],
    ['on a Sunday, nothing', '2012-01-01', [[], []]],
  ])('say what starts %s', (_name, date, expected) => {
    expect(prepareWindowRules(window).slice(0, 2).map(({ startingOn }) => startingOn(dates(date)))).toEqual(expected);
  });

  it('give an extra window whatever the dates, and none that is empty', () => {
    expect(prepareWindowRules(window).slice(2).map(({ startingOn }) => startingOn([]))).toEqual([[{ from: at('2012-01-01T16:00Z'), to: at('2012-01-01T17:00Z') }], []]);
  });
});
