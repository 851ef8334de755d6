import { describe, expect, it } from 'vitest';
import { parseContentLine } from './content-line.ts';
import { instantOf, parseWrittenTime, readTime } from './feed-time.ts';

function read(text: string, zone: string | null = null) {
  const problems: string[] = [];
  const line = parseContentLine({ line: 5, text }, () => undefined);
  if (line === null) throw new Error('the line was not read');
  const time = readTime(line, line.value, zone, (code, at) => problems.push(`${at} ${code}`));
  return { time, problems };
}
const midnight = Date.parse('2026-12-05T00:00:00Z');
const six = Date.parse('2026-12-05T06:00:00Z');

describe('a written time', () => {
  it.each([
    ['20261205', { kind: 'date', wall: midnight, isUtc: false }],
    ['20261205T060000', { kind: 'date-time', wall: six, isUtc: false }],
    ['20261205T060000Z', { kind: 'date-time', wall: six, isUtc: true }],
    ['20261205T055960Z', { kind: 'date-time', wall: six - 1000, isUtc: true }],
    ['20240229', { kind: 'date', wall: Date.parse('2024-02-29T00:00:00Z'), isUtc: false }],
  ])('%s is read', (text, time) => {
    expect(parseWrittenTime(text)).toEqual(time);
  });

  it.each(['', '2026120', '20261305', '20260230', '20230229', '20261205T', '20261205T2460', '20261205T240000', '20261205T060061', '20261205T060000z', '20261205T060000ZZ', 'x20261205T060000', '2026-12-05', '20261205T06:00'])('%j is none', (text) => {
    expect(parseWrittenTime(text)).toBeNull();
  });
});

describe('a time of a property', () => {
  it.each<[string, string, string | null, object]>([
    ['in UTC', 'DTSTART:20261205T060000Z', null, { kind: 'date-time', wall: six, zone: 'UTC', tzid: null }],
    ['in UTC, whatever zone was given', 'DTSTART:20261205T060000Z', 'Europe/Berlin', { kind: 'date-time', wall: six, zone: 'UTC', tzid: null }],
    ['in the zone that it names', 'DTSTART;TZID=Europe/Berlin:20261205T060000', null, { kind: 'date-time', wall: six, zone: 'Europe/Berlin', tzid: 'Europe/Berlin' }],
    ['in the zone that was given, where it names none', 'DTSTART:20261205T060000', 'Europe/Berlin', { kind: 'date-time', wall: six, zone: 'Europe/Berlin', tzid: null }],
    ['a day, in the zone that was given', 'DTSTART;VALUE=date:20261205', 'Europe/Berlin', { kind: 'date', wall: midnight, zone: 'Europe/Berlin', tzid: null }],
    ['a day, whatever zone it names', 'DTSTART;TZID=Nowhere/Else:20261205', 'Europe/Berlin', { kind: 'date', wall: midnight, zone: 'Europe/Berlin', tzid: null }],
    ['a time that says so, with spaces around it', 'DTSTART;VALUE=DATE-TIME: 20261205T060000Z ', null, { kind: 'date-time', wall: six, zone: 'UTC', tzid: null }],
  ])('is read %s', (_name, text, zone, time) => {
    expect(read(text, zone)).toEqual({ time, problems: [] });
  });

  it.each([
    ['a time that is to be a date', 'DTSTART;VALUE=DATE:20261205T060000Z', 'date-time'],
    ['a date that is to be a time', 'DTSTART;VALUE=DATE-TIME:20261205', 'date-time'],
    ['what no calendar has', 'DTSTART:20261305', 'date-time'],
    ['a day without a zone', 'DTSTART;VALUE=DATE:20261205', 'floating-time'],
    ['a time without a zone', 'DTSTART:20261205T060000', 'floating-time'],
    ['a zone that nobody knows', 'DTSTART;TZID=Nowhere/Else:20261205T060000', 'unknown-zone'],
    ['two zones', 'DTSTART;TZID=Europe/Berlin,Europe/Paris:20261205T060000', 'unknown-zone'],
    ['UTC in a zone', 'DTSTART;TZID=Europe/Berlin:20261205T060000Z', 'unknown-zone'],
  ])('is refused with %s', (_name, text, code) => {
    expect(read(text)).toEqual({ time: null, problems: [`5 ${code}`] });
  });

  it.each([
    ['DTSTART;VALUE=DATE:20261205', 'DTSTART “20261205” is a whole day, and'],
    ['DTSTART:20261205T060000', 'DTSTART “20261205T060000” names no zone, and'],
  ])('is told why %s needs a zone', (text, words) => {
    const line = parseContentLine({ line: 5, text }, () => undefined);
    const messages: string[] = [];
    if (line !== null) readTime(line, line.value, null, (_code, _line, message) => messages.push(message));
    expect(messages).toEqual([expect.stringContaining(words)]);
  });

  it('is an instant by the clock of its zone', () => {
    expect(instantOf({ kind: 'date-time', wall: six, zone: 'UTC', tzid: null })).toBe(six);
    expect(instantOf({ kind: 'date-time', wall: six, zone: 'Europe/Berlin', tzid: null })).toBe(six - 3_600_000);
    // Samoa had no 30 December 2011: what falls on it is the moment of the skip.
    expect(instantOf({ kind: 'date-time', wall: Date.parse('2011-12-30T12:00:00Z'), zone: 'Pacific/Apia', tzid: null })).toBe(Date.parse('2011-12-30T10:00:00Z'));
  });
});
