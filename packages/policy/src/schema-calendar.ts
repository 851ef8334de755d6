import * as z from 'zod';
import { DEFAULT_ZONE, calendarFile, calendarUrl, date, digestOfFile, duration, holidayPlace, sentence, zone } from './policy-fields.ts';

export const HOLIDAY_TYPES = ['public', 'bank', 'school', 'optional', 'observance'] as const;

const ofHolidays = ['types', 'except'];
const ofFeeds = ['max-age', 'without-events'];

export const calendar = z
  .strictObject({
    name: sentence.describe('What people call it.'),
    holidays: holidayPlace.optional().describe('The holidays of a country (US), or of a part of it (US-CA, DE-BY).'),
    file: calendarFile.optional().describe('Or an iCalendar file (.ics) of this repository, as the default branch has it.'),
    url: calendarUrl.optional().describe('Or the https address of an iCalendar file, with "sha256".'),
    zone: zone.default(DEFAULT_ZONE).describe('IANA time zone in which its days begin and end. Holidays of other countries than the US need it, and every calendar beside a window in another zone.'),
    types: z.array(z.enum(HOLIDAY_TYPES)).min(1).optional().describe('Which holidays count. Left out: public ones.'),
    except: z.array(date).optional().describe('Days (YYYY-MM-DD) whose holidays do not count.'),
    sha256: digestOfFile.optional().describe('SHA-256 of the file at "url", 64 digits of hex. Anything else that is found there closes the windows.'),
    'max-age': duration.optional().describe('How long after it was written the file is believed. Left out: 366d.'),
    'without-events': z.enum(['closed', 'open']).optional().describe('What a file without a single event means. It is also what a failed export gives. Left out: closed.'),
    owner: sentence.describe('Who answers for it.'),
    reason: sentence.describe('Why nothing is deployed then.'),
  })
  .describe('Freezes that are kept elsewhere: holidays, or an iCalendar file. While it cannot be read in full, nothing is open.')
  .meta({
    oneOf: [
      { required: ['holidays'], anyOf: [{ properties: { holidays: { pattern: '^US', description: 'A place in the US.' } } }, { required: ['zone'] }], not: { anyOf: [...ofFeeds, 'sha256'].map((field) => ({ required: [field] })) } },
      { required: ['file'], not: { anyOf: [...ofHolidays, 'sha256'].map((field) => ({ required: [field] })) } },
      { required: ['url', 'sha256'], not: { anyOf: ofHolidays.map((field) => ({ required: [field] })) } },
    ],
  });

/** A calendar as written. */
export type CalendarFile = z.output<typeof calendar>;
