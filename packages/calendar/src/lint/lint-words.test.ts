import { describe, expect, it } from 'vitest';
import { dateText, datesText, lengthText, timeText } from './lint-words.ts';

const at = (text: string): number => Date.parse(text);
const minute = 60_000;
const zone = 'America/Los_Angeles';

describe('how long something is', () => {
  it.each([
    [1, '1 minute'],
    [59, '59 minutes'],
    [60, '1 hour'],
    [90, '90 minutes'],
    [36 * 60, '36 hours'],
    [1440, '1 day'],
    [1500, '25 hours'],
    [9 * 1440, '9 days'],
    [10 * 1440 - 1, '14399 minutes'],
    [10 * 1440, '10 days'],
    [11 * 1440 - 1, '10 days'],
    [36 * 1440 + 90, '36 days'],
  ])('%d minutes are %s', (minutes, text) => expect(lengthText(minutes * minute)).toBe(text));
});

describe('dates', () => {
  const sundays = ['2027-03-14T10:00Z', '2027-03-21T10:00Z', '2027-03-28T10:00Z', '2027-04-04T10:00Z'].map(at);

  it.each([
    ['one alone', 1, 'Sun 14 Mar 2027'],
    ['two with the last', 2, 'Sun 14 Mar 2027 and 1 more time until Sun 21 Mar 2027'],
    ['many with their number and the last', 4, 'Sun 14 Mar 2027 and 3 more times until Sun 4 Apr 2027'],
  ])('are told: %s', (_name, count, text) => expect(datesText(sundays.slice(0, count), zone)).toBe(text));

  it('are those of the zone', () => {
    expect([zone, 'UTC', 'Asia/Kathmandu'].map((one) => dateText(at('2027-03-14T18:30Z'), one))).toEqual(['Sun 14 Mar 2027', 'Sun 14 Mar 2027', 'Mon 15 Mar 2027']);
    expect(dateText(at('2027-03-15T05:00Z'), zone)).toBe('Sun 14 Mar 2027');
  });

  it('have times as the wall clock shows them', () => expect(timeText(at('2027-03-14T02:05Z'))).toBe('02:05'));
});
