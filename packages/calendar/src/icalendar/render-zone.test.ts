import { describe, expect, it } from 'vitest';
import { renderZone } from './render-zone.ts';

const [from, to] = [Date.parse('2003-01-01T00:00Z'), Date.parse('2030-01-01T00:00Z')];

describe('renderZone', () => {
  it('writes a year without summer time as one', () => {
    // Egypt had none from 2015 to 2022, and the same rule again after.
    expect(renderZone('Africa/Cairo', Date.parse('2005-01-01T00:00Z'), Date.parse('2030-01-01T00:00Z')).filter((line) => line.startsWith('RRULE'))).toMatchInlineSnapshot(`
      [
        "RRULE:FREQ=YEARLY;BYMONTH=4;BYDAY=-1FR;UNTIL=20100429T220000Z",
        "RRULE:FREQ=YEARLY;BYMONTH=4;BYDAY=-1FR",
        "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1FR;UNTIL=20291025T210000Z",
      ]
    `);
  });

  it('calls the fifth weekday of a month the last', () => {
    expect(renderZone('Europe/Berlin', from, to).filter((line) => line.startsWith('RRULE'))).toEqual(['RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU', 'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU']);
    // Each March from 2013 to 2015 ends with its fifth Sunday, each October with its fourth.
    expect(renderZone('Europe/Berlin', Date.parse('2014-06-01T00:00Z'), Date.parse('2014-07-01T00:00Z')).filter((line) => line.startsWith('RRULE'))).toEqual(['RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU', 'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=4SU']);
  });

  it('writes a zone whose clock never changes as one observance', () => {
    expect(renderZone('Asia/Kathmandu', from, to)).toEqual(['BEGIN:VTIMEZONE', 'TZID:Asia/Kathmandu', 'BEGIN:STANDARD', 'DTSTART:19700101T000000', 'TZOFFSETFROM:+0545', 'TZOFFSETTO:+0545', 'END:STANDARD', 'END:VTIMEZONE']);
  });
});
