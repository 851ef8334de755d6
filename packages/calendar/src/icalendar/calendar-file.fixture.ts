/** A calendar file of the given lines. */
export const calendarFile = (...lines: readonly string[]): string => ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Example//EN', ...lines, 'END:VCALENDAR', ''].join('\r\n');

/** A VEVENT of the given lines, with a UID and a summary. */
export const eventLines = (...lines: readonly string[]): readonly string[] => ['BEGIN:VEVENT', 'UID:freeze@example.test', 'SUMMARY:Peak season', ...lines, 'END:VEVENT'];

/** A file of one event. */
export const eventFile = (...lines: readonly string[]): string => calendarFile(...eventLines(...lines));

/** Los Angeles as calendar programs define it. */
export const losAngelesLines: readonly string[] = [
  'BEGIN:VTIMEZONE',
  'TZID:America/Los_Angeles',
  'BEGIN:DAYLIGHT',
  'DTSTART:20070311T020000',
  'TZOFFSETFROM:-0800',
  'TZOFFSETTO:-0700',
  'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU',
  'END:DAYLIGHT',
  'BEGIN:STANDARD',
  'DTSTART:20071104T020000',
  'TZOFFSETFROM:-0700',
  'TZOFFSETTO:-0800',
  'RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU',
  'END:STANDARD',
  'END:VTIMEZONE',
];
