import * as z from 'zod';
import { calendarFact } from './calendar-facts.ts';
import { factOf, listOf } from './fact.ts';
import { provenance } from './provenance.ts';
import { rollback } from './rollback-facts.ts';
import { schedule } from './schedule-facts.ts';
import { asking, build, hold, inFlight, landing, repository, running, sha } from './shared.ts';

/** Everything the stage gate looks at: may this build enter an environment that comes after no other? */
export const stageFacts = z
  .strictObject({
    schema: z.literal(1),
    gate: z.literal('stage'),
    repository,
    environment: z.string().min(1),
    asking,
    build: factOf(build),
    provenance: factOf(provenance).optional().describe('Only where the policy requires provenance: what was found when the signature over the build was checked.'),
    landing: factOf(landing),
    /** Commits between what the environment runs and the build that no recorded merge decision covers. */
    ungated: listOf(sha),
    /** null: nothing was ever promoted there. */
    running: factOf(running.nullable()),
    inFlight: listOf(inFlight),
    holds: listOf(hold),
    calendars: listOf(calendarFact).optional().describe('Only where the policy names calendars: what each of them holds around now.'),
    schedule: schedule.nullable().optional().describe('Only where the policy has releases scheduled, or somebody scheduled one: the opening that was named last; null: none is.'),
    rollback: rollback.optional().describe('Only where somebody asked for the environment to go back to this build.'),
  })
  .readonly();

export type StageFacts = z.infer<typeof stageFacts>;
