import * as z from 'zod';
import { instant } from './instant.ts';

const span = z.strictObject({ name: z.string().min(1), from: instant, to: instant }).readonly();

const reading = z.discriminatedUnion('state', [
  z
    .strictObject({
      state: z.literal('read'),
      data: z.string().min(1).describe('What it was read from: the version of the holiday data, or sha256: and the 64 hex digits of the file.'),
      writtenAt: instant.nullable().describe('When the file says it was written; null when it does not, and for holidays.'),
      from: instant.describe('Every freeze that touches the time from here…'),
      to: instant.describe('…to here is named.'),
      freezes: z.array(span).readonly(),
    })
    .readonly(),
  z.strictObject({ state: z.literal('unreadable'), problem: z.string().min(1).describe('Why, in a sentence.') }).readonly(),
]);

/** What a calendar that the policy names holds around now. `source` is what was read, as `calendarSource` says it. */
export const calendarFact = z.strictObject({ name: z.string().min(1), source: z.string().min(1), reading }).readonly();

export type CalendarFact = z.infer<typeof calendarFact>;
