import { describe, expect, it } from 'vitest';
import { readCalendarEvent } from './calendar-event.ts';
import type { CalendarEvent } from './calendar-event.ts';
import { eventLines } from './calendar-file.fixture.ts';
import { parseComponents } from './component-tree.ts';

/** One event of the given lines, and the line and code of every problem that it has. */
function read(lines: readonly string[], zone: string | null = null): { readonly event: CalendarEvent | null; readonly problems: readonly string[] } {
  const problems: string[] = [];
  const report = (code: string, line: number | null): void => void problems.push(`${line} ${code}`);
  const [component] = parseComponents(eventLines(...lines).map((text, index) => ({ line: index + 1, text })), 3, report);
  return { event: component === undefined ? null : readCalendarEvent(component, zone, report), problems };
}

const sixHours = ['DTSTART:20261205T060000Z', 'DURATION:PT6H'] as const;
const utc = (text: string) => ({ kind: 'date-time', wall: Date.parse(text), zone: 'UTC', tzid: null });

describe('an event', () => {
  it('is read with all of its times', () => {
    const { event, problems } = read([...sixHours, 'RECURRENCE-ID:20261204T060000Z', 'RRULE:FREQ=DAILY;COUNT=2', 'RRULE:FREQ=WEEKLY', 'RDATE:20261210T060000Z,20261211T060000Z', 'EXDATE:20261206T060000Z', 'STATUS: cancelled ']);
    expect(problems).toEqual([]);
    expect(event).toMatchObject({
      line: 1,
      uid: 'freeze@example.test',
      summary: 'Peak season',
      isCancelled: true,
      start: utc('2026-12-05T06:00Z'),
      end: { kind: 'duration', duration: { days: 0, milliseconds: 6 * 3_600_000 } },
      replaces: utc('2026-12-04T06:00Z'),
      rules: [{ line: 7, rule: { frequency: 'DAILY', count: 2 } }, { line: 8, rule: { frequency: 'WEEKLY', count: null } }],
      further: [{ start: utc('2026-12-10T06:00Z'), end: null }, { start: utc('2026-12-11T06:00Z'), end: null }],
      except: [utc('2026-12-06T06:00Z')],
    });
  });

  it('is not cancelled, replaces nothing and comes back never unless it says so', () => {
    expect(read(sixHours).event).toMatchObject({ isCancelled: false, replaces: null, rules: [], further: [], except: [] });
    expect(read([...sixHours, 'STATUS:CONFIRMED']).event).toMatchObject({ isCancelled: false });
  });

  it('may say of itself whatever begins with X-', () => {
    expect(read([...sixHours, 'X-COLOUR:red']).problems).toEqual([]);
  });

  it.each<[string, readonly string[], readonly string[]]>([
    ['a property that is none', [...sixHours, 'COLOUR:red'], ['6 unsupported']],
    ['a second UID', [...sixHours, 'UID:other'], ['6 repeated-property']],
    ['a second status', [...sixHours, 'STATUS:CONFIRMED', 'STATUS:CANCELLED'], ['7 repeated-property']],
    ['a second RECURRENCE-ID', [...sixHours, 'RECURRENCE-ID:20261204T060000Z', 'RECURRENCE-ID:20261203T060000Z'], ['7 repeated-property']],
    ['a rule that is none', [...sixHours, 'RRULE:FREQ=SOMETIMES'], ['6 recurrence']],
    ['one of two rules that is none', [...sixHours, 'RRULE:FREQ=DAILY', 'RRULE:FREQ=SOMETIMES'], ['7 recurrence']],
    ['a further time that is none', [...sixHours, 'RDATE:soon'], ['6 date-time']],
    ['a further period whose start is none', [...sixHours, 'RDATE;VALUE=PERIOD:soon/PT1H'], ['6 date-time']],
    ['one of two exceptions that is none', [...sixHours, 'EXDATE:20261206T060000Z,never'], ['6 date-time']],
    ['a replaced time that is none', [...sixHours, 'RECURRENCE-ID:never'], ['6 date-time']],
    ['no start', ['DURATION:PT6H', 'RRULE:FREQ=DAILY', 'EXDATE:20261206T060000Z'], ['1 missing-property']],
    ['a start that is none', ['DTSTART:soon', 'DURATION:PT6H', 'RRULE:FREQ=DAILY'], ['4 date-time']],
    ['no end', ['DTSTART:20261205T060000Z'], ['1 empty-event']],
    ['an end that is none', ['DTSTART:20261205T060000Z', 'DTEND:late'], ['5 date-time']],
    ['a duration that is none', ['DTSTART:20261205T060000Z', 'DURATION:long'], ['5 duration']],
    ['an end of another kind', ['DTSTART:20261205T060000Z', 'DTEND;VALUE=DATE:20261206'], ['5 floating-time']],
  ])('is not read with %s', (_name, lines, problems) => {
    expect(read(lines)).toEqual({ event: null, problems });
  });

  it.each<[string, readonly string[]]>([
    ['an end with hours of one on a date', ['DTSTART;VALUE=DATE:20261205', 'DTEND:20261206T060000Z']],
    ['a further date of one with hours', [...sixHours, 'RDATE;VALUE=DATE:20261206']],
    ['a further period that ends on a date', [...sixHours, 'RDATE;VALUE=PERIOD:20261206T060000Z/20261207']],
    ['an exception with hours from one on a date', ['DTSTART;VALUE=DATE:20261205', 'EXDATE:20261206T060000Z']],
  ])('is not read with %s, also where the zone of dates is known', (_name, lines) => {
    expect(read(lines, 'UTC')).toEqual({ event: null, problems: ['1 mixed-types'] });
  });
});
