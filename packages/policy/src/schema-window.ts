import * as z from 'zod';
import { date, dateTime, sentence, time, zone } from './policy-fields.ts';
import { WEEKDAYS } from './wall-clock.ts';

const zoneOr = zone.default('America/Los_Angeles');

export const extraWindow = z
  .strictObject({
    from: dateTime.describe('First minute, YYYY-MM-DDTHH:MM in the zone of the window.'),
    to: dateTime.describe('The minute it is over.'),
    owner: sentence.describe('Who answers for it.'),
    reason: sentence.describe('Why it exists.'),
  })
  .describe('One more opening, once.');

export const window = z
  .strictObject({
    zone: zoneOr.describe('IANA time zone of every time in this window, for example America/Los_Angeles.'),
    days: z.array(z.enum(WEEKDAYS)).min(1).default(['saturday']).describe('Days on which the window opens.'),
    from: time.default('06:00').describe('Opens at this time of day, HH:MM.'),
    to: time.default('12:00').describe('Closes at this time of day. Not later than "from": on the next day.'),
    except: z.array(date).default([]).describe('Days (YYYY-MM-DD) on which it does not open.'),
    extra: z.array(extraWindow).default([]).describe('Openings outside the weekly rule.'),
  })
  .describe('A weekly time in which deploys may start.');

/** A window as written, with its defaults. */
export type WindowFile = z.output<typeof window>;

export const freeze = z
  .strictObject({
    name: sentence.describe('What people call it.'),
    zone: zoneOr.describe('IANA time zone of its times.'),
    from: dateTime.describe('First minute, YYYY-MM-DDTHH:MM in the zone.'),
    to: dateTime.describe('The minute it is over.'),
    owner: sentence.describe('Who answers for it.'),
    reason: sentence.describe('Why it exists.'),
  })
  .describe('A time in which nothing is deployed.');
