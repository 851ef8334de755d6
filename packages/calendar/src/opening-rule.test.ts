import type { DayRule, OpeningHours } from '@sallyport/policy';
import { describe, expect, it } from 'vitest';
import { dayFacts, dayNumber } from './day-number.ts';
import { heldTo, occurrenceOn, opensOn, prepareRule } from './opening-rule.ts';
import { zoneClock } from './zone-clock.ts';

const hoursOf = (changes: Partial<OpeningHours> = {}): OpeningHours => ({ days: ['saturday'], from: '06:00', to: '12:00', except: [], ...changes });
const opens = (changes: Partial<OpeningHours>, date: string): boolean => opensOn(prepareRule(hoursOf(changes)), dayFacts(dayNumber(date)));

describe('a date on which something opens', () => {
  it.each<[string, readonly DayRule[], string, boolean]>([
    ['a weekday, whichever of the month', ['saturday'], '2026-12-19', true],
    ['not the day after it', ['saturday'], '2026-12-20', false],
    ['the first of them on the seventh', ['first monday'], '2026-12-07', true],
    ['not the second on the seventh', ['second monday'], '2026-12-07', false],
    ['the second of them on the eighth', ['second tuesday'], '2026-12-08', true],
    ['the third', ['third saturday'], '2026-12-19', true],
    ['the fourth', ['fourth saturday'], '2026-12-26', true],
    ['the fourth, which is the last as well', ['last saturday'], '2026-12-26', true],
    ['the fifth', ['fifth thursday'], '2026-12-31', true],
    ['not the fourth of five as the last', ['last thursday'], '2026-12-24', false],
    ['one of two rules for the same weekday', ['first saturday', 'last saturday'], '2026-12-05', true],
    ['the other of two rules for the same weekday', ['first saturday', 'last saturday'], '2026-12-26', true],
    ['neither of two rules for the same weekday', ['first saturday', 'last saturday'], '2026-12-12', false],
  ])('is %s', (_name, days, date, expected) => {
    expect(opens({ days }, date)).toBe(expected);
  });

  it.each([
    ['the first day of its validity', { since: '2026-12-05' }, true],
    ['not the day before its validity', { since: '2026-12-06' }, false],
    ['the last day of its validity', { until: '2026-12-05' }, true],
    ['not the day after its validity', { until: '2026-12-04' }, false],
    ['not an exception', { except: ['2026-12-05'] }, false],
    ['any but the exceptions', { except: ['2026-12-04', '2026-12-06'] }, true],
  ])('is %s', (_name, changes, expected) => {
    expect(opens(changes, '2026-12-05')).toBe(expected);
  });
});

describe('a rule held to another', () => {
  it.each([
    ['not before it is valid itself', { since: '2026-12-06' }, {}, false],
    ['not before the other is valid', {}, { since: '2026-12-06' }, false],
    ['not after it was valid itself', { until: '2026-12-04' }, {}, false],
    ['not after the other was valid', {}, { until: '2026-12-04' }, false],
    ['not on an exception of its own', { except: ['2026-12-05'] }, {}, false],
    ['not on an exception of the other', {}, { except: ['2026-12-05'] }, false],
    ['while both are valid', { since: '2026-12-05' }, { until: '2026-12-05' }, true],
    ['on its own days and not on those of the other', {}, { days: ['sunday' as const] }, true],
  ])('opens %s', (_name, own, outer, expected) => {
    expect(opensOn(heldTo(prepareRule(hoursOf(outer)), prepareRule(hoursOf(own))), dayFacts(dayNumber('2026-12-05')))).toBe(expected);
  });
});

describe('what starts on a date', () => {
  const told = (zone: string, date: string, from: string, to: string): readonly string[] | null => {
    const found = occurrenceOn(prepareRule(hoursOf({ from, to })), zoneClock(zone), dayNumber(date));
    return found === null ? null : [found.from, found.to].map((instant) => new Date(instant).toISOString().slice(0, 16));
  };

  it.each([
    ['ends on the same day when its end is later', 'America/Los_Angeles', '2026-12-05', '06:00', '06:01', ['2026-12-05T14:00', '2026-12-05T14:01']],
    ['ends on the next day when its end is earlier', 'America/Los_Angeles', '2026-12-05', '22:00', '02:00', ['2026-12-06T06:00', '2026-12-06T10:00']],
    ['lasts a day of the clock when its end is the same', 'America/Los_Angeles', '2026-12-05', '06:00', '06:00', ['2026-12-05T14:00', '2026-12-06T14:00']],
    ['lasts 25 hours over the night on which the clock goes back', 'America/Los_Angeles', '2026-10-31', '06:00', '06:00', ['2026-10-31T13:00', '2026-11-01T14:00']],
    ['ends at the skip when the next date was left out', 'Pacific/Apia', '2011-12-29', '22:00', '04:00', ['2011-12-30T08:00', '2011-12-30T10:00']],
    ['is nothing on a date that was left out', 'Pacific/Apia', '2011-12-30', '06:00', '12:00', null],
    ['is nothing when the gap leaves nothing of it', 'America/Los_Angeles', '2026-03-08', '02:00', '03:00', null],
    ['is nothing when the gap makes it end before it begins', 'America/Los_Angeles', '2026-03-08', '02:30', '03:00', null],
  ])('%s', (_name, zone, date, from, to, expected) => {
    expect(told(zone, date, from, to)).toEqual(expected);
  });
});
