import { describe, expect, it } from 'vitest';
import { calendarFile, eventFile, eventLines, losAngelesLines } from './calendar-file.fixture.ts';
import { parseFeed } from './parse-feed.ts';
import type { FeedOptions } from './parse-feed.ts';

const december2026: FeedOptions = { from: Date.parse('2026-12-01T00:00Z'), to: Date.parse('2027-01-01T00:00Z'), zone: null };
const inLosAngeles: FeedOptions = { ...december2026, zone: 'America/Los_Angeles' };

const short = (at: number): string => new Date(at).toISOString().replace(/:00\.000Z$/, 'Z');

/** `from/to` of each interval, or `line code` of each problem. */
function told(file: string | Uint8Array, options: FeedOptions = december2026): readonly string[] {
  const result = parseFeed(file, options);
  return result.ok ? result.intervals.map(({ from, to }) => `${short(from)}/${short(to)}`) : result.problems.map(({ code, line }) => `${line} ${code}`);
}

const sixHours = ['DTSTART;TZID=America/Los_Angeles:20261205T060000', 'DTEND;TZID=America/Los_Angeles:20261205T120000'] as const;

describe('parseFeed gives the times', () => {
  it.each<[string, string, readonly string[]]>([
    ['of an event in a zone', eventFile(...sixHours), ['2026-12-05T14:00Z/2026-12-05T20:00Z']],
    ['of an event in UTC', eventFile('DTSTART:20261205T060000Z', 'DTEND:20261205T120000Z'), ['2026-12-05T06:00Z/2026-12-05T12:00Z']],
    ['of an event with a duration', eventFile('DTSTART:20261205T060000Z', 'DURATION:P1DT30M'), ['2026-12-05T06:00Z/2026-12-06T06:30Z']],
    ['of an event in a zone with a Windows name', eventFile('DTSTART;TZID=Pacific Standard Time:20261205T060000', 'DURATION:PT6H'), ['2026-12-05T14:00Z/2026-12-05T20:00Z']],
    ['of an event in a zone with a quoted name', eventFile('DTSTART;TZID="W. Europe Standard Time":20261205T060000', 'DURATION:PT6H'), ['2026-12-05T05:00Z/2026-12-05T11:00Z']],
    ['of an event in a zone with a globally unique name', eventFile('DTSTART;TZID=/citadel.org/20211207_1/Europe/Berlin:20261205T060000', 'DURATION:PT6H'), ['2026-12-05T05:00Z/2026-12-05T11:00Z']],
    ['of an event that begins before the range and reaches into it', eventFile('DTSTART:20201201T000000Z', 'DTEND:20261201T000001Z'), ['2020-12-01T00:00Z/2026-12-01T00:00:01.000Z']],
    ['of no event that ends as the range begins', eventFile('DTSTART:20261130T000000Z', 'DTEND:20261201T000000Z'), []],
    ['of no event that begins as the range ends', eventFile('DTSTART:20270101T000000Z', 'DTEND:20270102T000000Z'), []],
    ['of a tentative event that leaves people free', eventFile(...sixHours, 'STATUS:TENTATIVE', 'TRANSP:TRANSPARENT'), ['2026-12-05T14:00Z/2026-12-05T20:00Z']],
    ['of no cancelled event', eventFile(...sixHours, 'STATUS:CANCELLED'), []],
    ['of every week, by the wall clock', eventFile('DTSTART;TZID=America/Los_Angeles:20260704T060000', 'DURATION:PT6H', 'RRULE:FREQ=WEEKLY;UNTIL=20261212T140000Z'), ['2026-12-05T14:00Z/2026-12-05T20:00Z', '2026-12-12T14:00Z/2026-12-12T20:00Z']],
    ['of a rule that ends a second before its last time', eventFile('DTSTART;TZID=America/Los_Angeles:20260704T060000', 'DURATION:PT6H', 'RRULE:FREQ=WEEKLY;UNTIL=20261212T135959Z'), ['2026-12-05T14:00Z/2026-12-05T20:00Z']],
    ['of a start that its rule leaves out', eventFile('DTSTART:20261203T060000Z', 'DURATION:PT1H', 'RRULE:FREQ=WEEKLY;BYDAY=SA;UNTIL=20261205T235959Z'), ['2026-12-03T06:00Z/2026-12-03T07:00Z', '2026-12-05T06:00Z/2026-12-05T07:00Z']],
    ['of a rule without its exceptions', eventFile('DTSTART:20261203T060000Z', 'DURATION:PT1H', 'RRULE:FREQ=DAILY;COUNT=3', 'EXDATE:20261203T060000Z,20261204T060000Z'), ['2026-12-05T06:00Z/2026-12-05T07:00Z']],
    ['of an exception in another zone', eventFile(...sixHours, 'RRULE:FREQ=DAILY;COUNT=2', 'EXDATE:20261205T140000Z'), ['2026-12-06T14:00Z/2026-12-06T20:00Z']],
    ['of an exception that meets nothing', eventFile(...sixHours, 'EXDATE:20261205T140001Z'), ['2026-12-05T14:00Z/2026-12-05T20:00Z']],
    ['of further dates and periods', eventFile(...sixHours, 'RDATE:20261206T000000Z', 'RDATE;VALUE=PERIOD:20261207T000000Z/PT1H,20261208T000000Z/20261208T020000Z'), ['2026-12-05T14:00Z/2026-12-05T20:00Z', '2026-12-06T00:00Z/2026-12-06T06:00Z', '2026-12-07T00:00Z/2026-12-07T01:00Z', '2026-12-08T00:00Z/2026-12-08T02:00Z']],
    ['of a further period in a zone', eventFile(...sixHours, 'RDATE;VALUE=PERIOD;TZID=Europe/Berlin:20261207T000000/20261207T020000'), ['2026-12-05T14:00Z/2026-12-05T20:00Z', '2026-12-06T23:00Z/2026-12-07T01:00Z']],
    [
      'of an occurrence that was moved',
      calendarFile(...eventLines(...sixHours, 'RRULE:FREQ=DAILY;COUNT=2'), ...eventLines('RECURRENCE-ID;TZID=America/Los_Angeles:20261206T060000', 'DTSTART:20261210T000000Z', 'DURATION:PT1H')),
      ['2026-12-05T14:00Z/2026-12-05T20:00Z', '2026-12-10T00:00Z/2026-12-10T01:00Z'],
    ],
    [
      'of a series without the occurrence that was cancelled',
      calendarFile(...eventLines(...sixHours, 'RRULE:FREQ=DAILY;COUNT=2'), ...eventLines('RECURRENCE-ID:20261205T140000Z', ...sixHours, 'STATUS:CANCELLED')),
      ['2026-12-06T14:00Z/2026-12-06T20:00Z'],
    ],
    ['of an occurrence whose series is not in the file', eventFile('RECURRENCE-ID:20261205T140000Z', ...sixHours), ['2026-12-05T14:00Z/2026-12-05T20:00Z']],
    ['of a zone whose definition agrees', calendarFile(...losAngelesLines, ...eventLines(...sixHours)), ['2026-12-05T14:00Z/2026-12-05T20:00Z']],
    ['of a zone whose definition is not asked long before the range', calendarFile(...losAngelesLines, ...eventLines('DTSTART;TZID=America/Los_Angeles:20100701T000000', 'DTEND;TZID=America/Los_Angeles:20261205T120000')), ['2010-07-01T07:00Z/2026-12-05T20:00Z']],
    ['of a zone whose definition is not asked long after the range', calendarFile(...losAngelesLines, ...eventLines('DTSTART;TZID=America/Los_Angeles:20261205T060000', 'DTEND;TZID=America/Los_Angeles:20300701T000000')), ['2026-12-05T14:00Z/2030-07-01T07:00Z']],
    ['beside the definition of a zone without a name', calendarFile('BEGIN:VTIMEZONE', 'END:VTIMEZONE', ...eventLines(...sixHours)), ['2026-12-05T14:00Z/2026-12-05T20:00Z']],
    ['beside a component that begins with X-', calendarFile('BEGIN:X-GROUP', 'END:X-GROUP', ...eventLines(...sixHours)), ['2026-12-05T14:00Z/2026-12-05T20:00Z']],
    ['of an event whose alarm and attendees say nothing of it', eventFile(...sixHours, 'ATTENDEE;CN="Lee, Ann":mailto:ann@example.test', 'X-APPLE-TRAVEL:yes', 'BEGIN:VALARM', 'TRIGGER:-PT15M', 'END:VALARM'), ['2026-12-05T14:00Z/2026-12-05T20:00Z']],
    ['of an event that begins in a leap second, which counts as the one before', eventFile('DTSTART:20261205T235960Z', 'DTEND:20261206T010000Z'), ['2026-12-05T23:59:59.000Z/2026-12-06T01:00Z']],
    ['of a rule that ends years after the range', eventFile('DTSTART:20261231T060000Z', 'DURATION:PT1H', 'RRULE:FREQ=DAILY;UNTIL=20301231T060000Z'), ['2026-12-31T06:00Z/2026-12-31T07:00Z']],
    ['of no rule that ended years before the range', eventFile('DTSTART;TZID=America/Los_Angeles:20001231T060000', 'DURATION:PT1H', 'RRULE:FREQ=DAILY;UNTIL=20101231T140000Z'), []],
    ['of two events of one UID that differ in spaces around it', calendarFile(...eventLines(...sixHours, 'RRULE:FREQ=DAILY;COUNT=2'), ...eventLines('RECURRENCE-ID:20261205T140000Z', ...sixHours, 'STATUS:CANCELLED').map((line) => line.replace('UID:', 'UID: '))), ['2026-12-06T14:00Z/2026-12-06T20:00Z']],
    ['of lines that were folded in the middle of a name', eventFile(...sixHours).replace('DTSTART', 'DT\r\n START'), ['2026-12-05T14:00Z/2026-12-05T20:00Z']],
    ['of a file with a line of spaces after a blank one', eventFile(...sixHours).replace('SUMMARY', '\r\n \r\nSUMMARY'), ['2026-12-05T14:00Z/2026-12-05T20:00Z']],
    ['of a calendar with spaces around what it says of itself', eventFile(...sixHours).replace('BEGIN:VCALENDAR', 'BEGIN:VCALENDAR ').replace('VERSION:2.0', 'VERSION: 2.0 '), ['2026-12-05T14:00Z/2026-12-05T20:00Z']],
    ['of an event whose begin and end have spaces around them', eventFile(...sixHours).replace('BEGIN:VEVENT', 'begin: vevent').replace('END:VEVENT', 'END:VEVENT '), ['2026-12-05T14:00Z/2026-12-05T20:00Z']],
    ['of lines that end without carriage returns', eventFile(...sixHours).replaceAll('\r', ''), ['2026-12-05T14:00Z/2026-12-05T20:00Z']],
    ['of a file with a byte order mark', `\uFEFF${eventFile(...sixHours)}`, ['2026-12-05T14:00Z/2026-12-05T20:00Z']],
  ])('%s', (_name, file, expected) => {
    expect(told(file)).toEqual(expected);
    expect(told(new TextEncoder().encode(file))).toEqual(expected);
  });

  it.each<[string, string, readonly string[]]>([
    ['of a time that names none', eventFile('DTSTART:20261205T060000', 'DTEND:20261205T120000'), ['2026-12-05T14:00Z/2026-12-05T20:00Z']],
    ['of a whole day', eventFile('DTSTART;VALUE=DATE:20261224'), ['2026-12-24T08:00Z/2026-12-25T08:00Z']],
    ['of whole days that a duration counts', eventFile('DTSTART;VALUE=DATE:20261224', 'DURATION:P2D'), ['2026-12-24T08:00Z/2026-12-26T08:00Z']],
    ['of whole days up to the one that DTEND names', eventFile('DTSTART;VALUE=DATE:20261224', 'DTEND;VALUE=DATE:20261227'), ['2026-12-24T08:00Z/2026-12-27T08:00Z']],
    ['of a day that comes back until a date', eventFile('DTSTART;VALUE=DATE:20261224', 'RRULE:FREQ=DAILY;UNTIL=20261225'), ['2026-12-24T08:00Z/2026-12-25T08:00Z', '2026-12-25T08:00Z/2026-12-26T08:00Z']],
  ])('in the zone that was given %s', (_name, file, expected) => {
    expect(told(file, inLosAngeles)).toEqual(expected);
  });

  it.each<[string, string, string, readonly string[]]>([
    ['the day on which clocks go forward has 23 hours', '2026-03-01/2026-04-01', eventFile('DTSTART;VALUE=DATE:20260308'), ['2026-03-08T08:00Z/2026-03-09T07:00Z']],
    ['the same hours pass at each occurrence of a night', '2026-10-31/2026-11-03', eventFile('DTSTART;TZID=America/Los_Angeles:20261030T220000', 'DTEND;TZID=America/Los_Angeles:20261031T060000', 'RRULE:FREQ=DAILY;COUNT=2'), ['2026-10-31T05:00Z/2026-10-31T13:00Z', '2026-11-01T05:00Z/2026-11-01T13:00Z']],
    ['a start in a gap moves forward', '2026-03-01/2026-04-01', eventFile('DTSTART;TZID=America/Los_Angeles:20260308T023000', 'DURATION:PT1H'), ['2026-03-08T10:30Z/2026-03-08T11:30Z']],
    ['a start in a repeated hour is the earlier', '2026-11-01/2026-12-01', eventFile('DTSTART;TZID=America/Los_Angeles:20261101T013000', 'DURATION:PT1H'), ['2026-11-01T08:30Z/2026-11-01T09:30Z']],
  ])('%s', (_name, span, file, expected) => {
    const [from = '', to = ''] = span.split('/');
    expect(told(file, { from: Date.parse(`${from}T00:00Z`), to: Date.parse(`${to}T00:00Z`), zone: 'America/Los_Angeles' })).toEqual(expected);
  });

  it('with the name, the UID and the line of the event', () => {
    const result = parseFeed(eventFile(...sixHours).replace('Peak season', 'Peak\\, season\\nof\\; all'), december2026);
    expect(result).toMatchObject({ ok: true, intervals: [{ uid: 'freeze@example.test', summary: 'Peak, season of; all', line: 4 }] });
  });

  it('with an empty name when it has none, and with 200 characters of a longer one', () => {
    expect(parseFeed(eventFile(...sixHours).replace('SUMMARY:Peak season\r\n', ''), december2026)).toMatchObject({ intervals: [{ summary: '' }] });
    expect(parseFeed(eventFile(...sixHours).replace('Peak season', '🚀'.repeat(201)), december2026)).toMatchObject({ intervals: [{ summary: '🚀'.repeat(200) }] });
  });

  it('by their start, then by the file', () => {
    const uid = (name: string, ...lines: readonly string[]): readonly string[] => eventLines(...lines).map((line) => line.replace('freeze@', `${name}@`));
    const file = calendarFile(...uid('late', 'DTSTART:20261210T000000Z', 'DURATION:PT1H'), ...uid('one', 'DTSTART:20261205T000000Z', 'DURATION:PT1H'), ...uid('two', 'DTSTART:20261205T000000Z', 'DURATION:PT2H'));
    const result = parseFeed(file, december2026);
    expect(result.ok ? result.intervals.map(({ uid: name }) => name) : result.problems).toEqual(['one@example.test', 'two@example.test', 'late@example.test']);
  });

  it('by the file, too, where a moved occurrence comes later in it than another event', () => {
    const moved = eventLines('RECURRENCE-ID:20261206T000000Z', 'DTSTART:20261210T000000Z', 'DURATION:PT1H');
    const other = eventLines('DTSTART:20261210T000000Z', 'DURATION:PT1H').map((line) => line.replace('freeze@', 'other@'));
    const result = parseFeed(calendarFile(...eventLines('DTSTART:20261205T000000Z', 'DURATION:PT1H', 'RRULE:FREQ=DAILY;COUNT=2'), ...other, ...moved), december2026);
    expect(result.ok ? result.intervals.map(({ line }) => line) : result.problems).toEqual([4, 11, 17]);
  });

  it('with the time at which the file was written', () => {
    expect(parseFeed(eventFile(...sixHours, 'DTSTAMP:20261101T000000Z'), december2026)).toMatchObject({ writtenAt: Date.parse('2026-11-01T00:00Z') });
    expect(parseFeed(eventFile(...sixHours), december2026)).toMatchObject({ writtenAt: null });
    expect(parseFeed(eventFile(...sixHours, 'DTSTAMP:20261101T000000'), december2026)).toMatchObject({ writtenAt: null });
    expect(parseFeed(eventFile(...sixHours, 'DTSTAMP:20261101T000000Z').replace('PRODID', 'LAST-MODIFIED:20261102T000000Z\r\nPRODID'), december2026)).toMatchObject({ writtenAt: Date.parse('2026-11-02T00:00Z') });
  });
});

/** Los Angeles without summer time before 2027, as an old export has it wrong. */
const wrongZone = losAngelesLines.map((line) => line.replace('TZOFFSETTO:-0800', 'TZOFFSETTO:-0600'));

describe('parseFeed refuses', () => {
  it.each<[string, string | Uint8Array, readonly string[]]>([
    ['nothing', '', ['null not-a-calendar']],
    ['a page to sign in', '<!DOCTYPE html>\n<html>', ['1 not-a-calendar']],
    ['a file whose first line only ends as a calendar begins', `X-${eventFile(...sixHours)}`, ['1 not-a-calendar']],
    ['a file whose first line only begins as a calendar does', eventFile(...sixHours).replace('VCALENDAR', 'VCALENDARS'), ['1 not-a-calendar']],
    ['a file that was cut off', eventFile(...sixHours).replace(/END:VEVENT[^]*/, ''), ['1 nesting', '4 nesting']],
    ['an END that ends nothing', calendarFile('END:VEVENT'), ['4 nesting']],
    ['an END of nothing after the calendar', `${eventFile(...sixHours)}END:\r\n`, ['11 nesting']],
    ['a property after the calendar', `${eventFile(...sixHours)}X-LOST:yes\r\n`, ['11 nesting']],
    ['an event in something else than a calendar, without reading it', [eventFile(...sixHours) + 'BEGIN:X-OTHER', ...eventLines('DTSTART:never'), 'END:X-OTHER', ''].join('\r\n'), ['11 nesting', '12 nesting']],
    ['an event outside the calendar', `${calendarFile(...eventLines(...sixHours))}${eventLines(...sixHours).join('\r\n')}\r\n`, ['11 nesting']],
    ['components nested without end', calendarFile(...Array.from({ length: 5000 }, () => 'BEGIN:X-GROUP')), ['11 nesting']],
    ['a calendar without events', calendarFile(), ['1 no-events']],
    ['a calendar of the old kind', eventFile(...sixHours).replace('VERSION:2.0', 'VERSION:1.0'), ['2 unsupported']],
    ['an invitation', eventFile(...sixHours).replace('PRODID', 'METHOD:REQUEST\r\nPRODID'), ['3 unsupported']],
    ['another calendar scale', eventFile(...sixHours).replace('PRODID', 'CALSCALE:HEBREW\r\nPRODID'), ['3 unsupported']],
    ['UTF-16 with a mark', Uint8Array.from(Buffer.from(`\uFEFF${eventFile(...sixHours)}`, 'utf16le')), ['null encoding']],
    ['UTF-16 without a mark', Uint8Array.from(Buffer.from(eventFile(...sixHours), 'utf16le')), ['null encoding']],
    ['Latin-1', Uint8Array.from(Buffer.from(eventFile(...sixHours).replace('Peak', 'Spät'), 'latin1')), ['6 encoding']],
    ['a calendar that does not say its version', eventFile(...sixHours).replace('VERSION:2.0\r\n', ''), ['1 unsupported']],
    ['an END of something else', eventFile(...sixHours).replace('END:VEVENT', 'END:VTODO'), ['9 nesting']],
    ['a period without an end', eventFile(...sixHours, 'RDATE;VALUE=PERIOD:20261207T000000Z'), ['9 duration']],
    ['a period whose duration is none', eventFile(...sixHours, 'RDATE;VALUE=PERIOD:20261207T000000Z/soon'), ['9 duration']],
    ['a period whose end is no time', eventFile(...sixHours, 'RDATE;VALUE=PERIOD:20261207T000000Z/2026'), ['9 date-time']],
    ['an event whose UID is only spaces', eventFile(...sixHours).replace('freeze@example.test', ' '), ['4 missing-property']],
    ['an event with two UIDs', eventFile(...sixHours, 'UID:other@example.test'), ['9 repeated-property']],
    ['a control character', eventFile(...sixHours).replace('Peak', 'Pe\u0000ak'), ['6 control-character']],
    ['a lone carriage return', eventFile(...sixHours).replace('Peak', 'Pe\rak'), ['6 control-character']],
    ['a line that continues a blank one', eventFile(...sixHours).replace('Peak season', 'Peak\r\n\r\n season'), ['8 folding']],
    ['a line that continues nothing', ` x\r\n${eventFile(...sixHours)}`, ['1 folding']],
    ['a folded line without its space that looks like another property', eventFile(...sixHours).replace('Peak season', 'See\r\nhttps://example.test'), ['7 unsupported']],
    ['a rule whose name is misspelt', eventFile(...sixHours, 'RRULES:FREQ=DAILY'), ['9 unsupported']],
    ['busy times that are no events', calendarFile(...eventLines(...sixHours), 'BEGIN:VFREEBUSY', 'END:VFREEBUSY'), ['10 unsupported']],
    ['an event within an event', calendarFile(...eventLines(...sixHours, ...eventLines(...sixHours))), ['9 nesting']],
    ['a folded line without its space', eventFile(...sixHours).replace('Peak season', 'Peak\r\nseason'), ['7 content-line']],
    ['a quote that is never closed', eventFile(...sixHours, 'ATTENDEE;CN="Lee:mailto:lee@example.test'), ['9 content-line']],
    ['an event without UID', eventFile(...sixHours).replace('UID:', 'X-UID:'), ['4 missing-property']],
    ['an event without start', eventFile('DTEND:20261205T120000Z'), ['4 missing-property']],
    ['an event with two starts', eventFile(...sixHours, sixHours[0]), ['9 repeated-property']],
    ['an event without end', eventFile(sixHours[0]), ['4 empty-event']],
    ['an event that ends when it begins', eventFile('DTSTART:20261205T060000Z', 'DTEND:20261205T060000Z'), ['4 empty-event']],
    ['an event that ends before it begins', eventFile('DTSTART:20261205T060000Z', 'DTEND:20261204T060000Z'), ['4 empty-event']],
    ['an event with end and duration', eventFile(...sixHours, 'DURATION:PT1H'), ['9 repeated-property']],
    ['a negative duration', eventFile(sixHours[0], 'DURATION:-PT1H'), ['8 duration']],
    ['a day that lasts hours', eventFile('DTSTART;VALUE=DATE:20261224', 'DURATION:PT1H'), ['7 floating-time']],
    ['30 February', eventFile('DTSTART:20260230T060000Z', 'DURATION:PT1H'), ['7 date-time']],
    ['25 hours', eventFile('DTSTART:20261205T250000Z', 'DURATION:PT1H'), ['7 date-time']],
    ['a date where a time was promised', eventFile('DTSTART;VALUE=DATE-TIME:20261205', 'DURATION:PT1H'), ['7 date-time']],
    ['a time that names no zone', eventFile('DTSTART:20261205T060000', 'DURATION:PT1H'), ['7 floating-time']],
    ['a whole day in no zone', eventFile('DTSTART;VALUE=DATE:20261224'), ['7 floating-time']],
    ['UTC in a zone', eventFile('DTSTART;TZID=Europe/Berlin:20261205T060000Z', 'DURATION:PT1H'), ['7 unknown-zone']],
    ...['PST', 'UTC-8', 'Etc/GMT+8', 'Customized Time Zone', 'America/Los_Angles', '__proto__'].map((tzid): [string, string, readonly string[]] => [`the zone ${tzid}`, eventFile(`DTSTART;TZID=${tzid}:20261205T060000`, 'DURATION:PT1H'), ['7 unknown-zone']]),
    ['an unknown zone that the file defines', calendarFile(...losAngelesLines.map((line) => line.replace('America/Los_Angeles', 'Our office')), ...eventLines('DTSTART;TZID=Our office:20261205T060000', 'DURATION:PT1H')), ['22 unknown-zone']],
    ['a zone that the file defines otherwise than the database', calendarFile(...wrongZone, ...eventLines(...sixHours)), ['4 zone-disagrees']],
    ['such a zone, whose name has spaces around it and comes second', calendarFile(...wrongZone.flatMap((line) => (line.startsWith('TZID:') ? ['LAST-MODIFIED:20200101T000000Z', 'TZID: America/Los_Angeles '] : [line])), ...eventLines(...sixHours)), ['4 zone-disagrees']],
    ['such a zone a day before the range', calendarFile(...wrongZone, ...eventLines('DTSTART;TZID=America/Los_Angeles:20261130T100000', 'DTEND;TZID=America/Los_Angeles:20300101T000000')), ['4 zone-disagrees']],
    ['such a zone a day after the range', calendarFile(...wrongZone, ...eventLines('DTSTART;TZID=America/Los_Angeles:20200101T000000', 'DTEND;TZID=America/Los_Angeles:20270101T100000')), ['4 zone-disagrees']],
    ['a zone whose definition says nothing', calendarFile('BEGIN:VTIMEZONE', 'TZID:America/Los_Angeles', 'END:VTIMEZONE', ...eventLines(...sixHours)), ['4 zone-definition']],
    ['a zone that is defined twice', calendarFile(...losAngelesLines, ...losAngelesLines, ...eventLines(...sixHours)), ['19 zone-definition']],
    ['one UID for two events', calendarFile(...eventLines(...sixHours), ...eventLines(...sixHours)), ['10 duplicate-uid']],
    ['two changes of one occurrence', calendarFile(...eventLines('RECURRENCE-ID:20261205T140000Z', ...sixHours), ...eventLines('RECURRENCE-ID:20261205T140000Z', ...sixHours)), ['11 duplicate-uid']],
    ['a change of all later occurrences', eventFile('RECURRENCE-ID;RANGE=THISANDFUTURE:20261205T140000Z', ...sixHours), ['7 unsupported']],
    ['a rule of exceptions', eventFile(...sixHours, 'RRULE:FREQ=DAILY', 'EXRULE:FREQ=WEEKLY'), ['10 unsupported']],
    ['an exception by date from an event with hours', eventFile(...sixHours, 'RRULE:FREQ=DAILY', 'EXDATE;VALUE=DATE:20261206'), ['10 floating-time']],
    ...[
      'FREQ=SECONDLY',
      'FREQ=MINUTELY',
      'FREQ=HOURLY;COUNT=2',
      'FREQ=FORTNIGHTLY',
      '',
      'FREQ',
      'INTERVAL=2',
      'FREQ=DAILY;FREQ=WEEKLY',
      'FREQ=DAILY;INTERVAL=0',
      'FREQ=DAILY;COUNT=0',
      'FREQ=DAILY;COUNT=2;UNTIL=20261231',
      'FREQ=DAILY;UNTIL=20269999',
      'FREQ=DAILY;UNTIL=',
      'FREQ=DAILY;BYDAY=1MO',
      'FREQ=WEEKLY;BYDAY=MONDAY',
      'FREQ=WEEKLY;BYMONTHDAY=1',
      'FREQ=MONTHLY;BYMONTHDAY=32',
      'FREQ=MONTHLY;BYYEARDAY=1',
      'FREQ=MONTHLY;BYSETPOS=1',
      'FREQ=YEARLY;BYWEEKNO=20',
      'FREQ=DAILY;BYHOUR=6,7',
      'FREQ=DAILY;BYMINUTE=30',
      'FREQ=YEARLY;RSCALE=CHINESE',
      'FREQ=DAILY;X-HOW=often',
    ].map((rule): [string, string, readonly string[]] => [`the rule “${rule}”`, eventFile(...sixHours, `RRULE:${rule}`), ['9 recurrence']]),
    ['every problem at once', calendarFile(...eventLines('DTSTART;TZID=PST:20261205T060000', 'DURATION:x', 'RRULE:FREQ=SECONDLY'), ...eventLines('DTSTART:20261205T060000Z', 'DURATION:x')), ['7 unknown-zone', '8 duration', '15 duration']],
  ])('%s', (_name, file, expected) => {
    expect(told(file)).toEqual(expected);
  });

  it('a day that lasts hours, an exception by date, and a change by date, in a zone', () => {
    expect(told(eventFile('DTSTART;VALUE=DATE:20261224', 'DURATION:PT1H'), inLosAngeles)).toEqual(['8 duration']);
    expect(told(eventFile(...sixHours, 'RRULE:FREQ=DAILY', 'EXDATE;VALUE=DATE:20261206'), inLosAngeles)).toEqual(['4 mixed-types']);
    expect(told(calendarFile(...eventLines(...sixHours, 'RRULE:FREQ=DAILY'), ...eventLines('RECURRENCE-ID;VALUE=DATE:20261206', ...sixHours)), inLosAngeles)).toEqual(['11 mixed-types']);
  });

  it.each([
    ['', 'The file is empty'],
    ['<html>\n', 'The file begins with “<html>”'],
  ])('what is no calendar, and says so: %j', (file, words) => {
    expect(parseFeed(file, december2026)).toMatchObject({ problems: [{ message: expect.stringContaining(words) as string }] });
  });

  it('to read in a zone that is none', () => {
    expect(told(eventFile(...sixHours), { ...december2026, zone: 'PST' })).toEqual(['null unknown-zone']);
  });

  it('with what to do in every message, and without the control characters of the file', () => {
    const result = parseFeed(eventFile('DTSTART;TZID=\u202EPST\u0007:20261205T060000', 'DURATION:\u0000x'), december2026);
    const messages = result.ok ? [] : result.problems.map(({ message }) => message);
    expect(messages).toHaveLength(4);
    expect(messages.filter((message) => !/\. [A-Z].*\.$/.test(message) || /[\p{Cc}\u202E]/u.test(message))).toEqual([]);
  });

  it('one bad event without working on the others', () => {
    const file = calendarFile(...eventLines(...sixHours, 'RRULE:FREQ=DAILY'), ...eventLines('DTSTART:never', 'DURATION:PT1H'));
    expect(parseFeed(file, december2026)).toMatchObject({ ok: false, steps: 0 });
  });

  it('not the calendar without events that was said to be one', () => {
    expect(parseFeed(calendarFile(), { ...december2026, emptyFeed: 'accept' })).toEqual({ ok: true, intervals: [], writtenAt: null, steps: 0 });
  });
});

describe('a range that is none', () => {
  it.each([[1, 1], [2, 1], [NaN, 1]])('from %d to %d is a mistake of the caller', (from, to) => {
    expect(() => parseFeed(calendarFile(), { from, to, zone: null })).toThrow(RangeError);
  });
});
