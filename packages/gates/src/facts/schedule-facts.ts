import * as z from 'zod';
import { instant } from './instant.ts';
import { digest, person } from './shared.ts';

/** The opening in which a release manager wants an environment to be released. */
export const schedule = z
  .strictObject({
    id: z.string().min(1).describe('Names the word for good: the comment that gave it.'),
    from: instant.describe('When that opening begins.'),
    to: instant.describe('When it ends: then a release that was not made has missed it.'),
    build: digest.nullable().describe('The one build that is meant; null: whichever is ready then.'),
    by: person,
    scheduledAt: instant,
  })
  .readonly();

export type ScheduleFact = z.infer<typeof schedule>;
