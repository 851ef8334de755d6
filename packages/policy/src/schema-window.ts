import * as z from 'zod';
import { DEFAULT_ZONE, OPEN_ENDED, date, dateTime, day, freezeEnd, freezeStart, sentence, time, zone } from './policy-fields.ts';
import { DATE_TIME, YEARLY_DATE_TIME } from './wall-clock.ts';

const zoneOr = zone.default(DEFAULT_ZONE);

export const extraWindow = z
  .strictObject({
    from: dateTime.describe('First minute, YYYY-MM-DDTHH:MM in the zone of the window.'),
    to: dateTime.describe('The minute it is over.'),
    owner: sentence.describe('Who answers for it.'),
    reason: sentence.describe('Why it exists.'),
  })
  .describe('One more opening, once.');

const days = z.array(day).min(1);
const since = date.optional().describe('First day (YYYY-MM-DD) on which it may open. Left out: it always did.');
const until = date.optional().describe('Last day (YYYY-MM-DD) on which it may open. Left out: it never ends.');

export const openingHours = z
  .strictObject({
    days: days.describe('Days on which it opens: saturday for every week, second tuesday or last friday for once a month.'),
    from: time.describe('Opens at this time of day, HH:MM.'),
    to: time.describe('Closes at this time of day. Not later than "from": on the next day.'),
    since,
    until,
    except: z.array(date).default([]).describe('Days (YYYY-MM-DD) on which it does not open.'),
  })
  .describe('More opening hours of the same window.');

/** Opening hours as written, with their defaults. */
export type OpeningHoursFile = z.output<typeof openingHours>;

export const window = z
  .strictObject({
    zone: zoneOr.describe('IANA time zone of every time in this window, for example America/Los_Angeles.'),
    days: days.default(['saturday']).describe('Days on which the window opens: saturday for every week, second tuesday or last friday for once a month.'),
    from: time.default('06:00').describe('Opens at this time of day, HH:MM.'),
    to: time.default('12:00').describe('Closes at this time of day. Not later than "from": on the next day.'),
    also: z.array(openingHours).min(1).optional().describe('More opening hours, on other days or at other times. "since", "until" and "except" of the window hold for them too.'),
    since,
    until,
    except: z.array(date).default([]).describe('Days (YYYY-MM-DD) on which it does not open.'),
    extra: z.array(extraWindow).default([]).describe('Openings outside the rule, whatever "since", "until" and "except" say.'),
  })
  .describe('A time in which deploys may start, by the wall clock.');

/** A window as written, with its defaults. */
export type WindowFile = z.output<typeof window>;

const patterns = (description: string, from: string, to: string) => ({ properties: { from: { type: 'string', description, pattern: from }, to: { type: 'string', description, pattern: to } } });

export const freeze = z
  .strictObject({
    name: sentence.describe('What people call it.'),
    zone: zoneOr.describe('IANA time zone of its times.'),
    every: z.literal('year').optional().describe('year: it comes back every year, and its times have no year. Left out: it is once.'),
    from: freezeStart.describe('First minute, YYYY-MM-DDTHH:MM in the zone; with "every: year" MM-DDTHH:MM.'),
    to: freezeEnd.describe(`The minute it is over, written like "from"; "${OPEN_ENDED}" for until somebody takes it out of the policy.`),
    owner: sentence.describe('Who answers for it.'),
    reason: sentence.describe('Why it exists.'),
  })
  .describe('A time in which nothing is deployed.')
  .meta({ if: { required: ['every'] }, then: patterns('MM-DDTHH:MM, in every year.', YEARLY_DATE_TIME.source, YEARLY_DATE_TIME.source), else: patterns('YYYY-MM-DDTHH:MM.', DATE_TIME.source, `${DATE_TIME.source}|^${OPEN_ENDED}$`) });

/** A freeze as written, with its defaults. */
export type FreezeFile = z.output<typeof freeze>;
