import * as z from 'zod';
import { calendarFact } from './calendar-facts.ts';
import { factOf, listOf } from './fact.ts';
import { rollback } from './rollback-facts.ts';
import { instant } from './instant.ts';
import { probes } from './probe-facts.ts';
import { provenance } from './provenance.ts';
import { schedule } from './schedule-facts.ts';
import { asking, build, grant, hold, inFlight, landing, repository, running, sha } from './shared.ts';

/** What the environment before this one runs, and since when without a break. */
const occupancy = z
  .strictObject({ environment: z.string().min(1), build: z.string(), number: z.int().positive(), healthySince: instant })
  .readonly();

/** A task to look back at an override that was used. */
const reviewTask = z.strictObject({ overrideId: z.string(), issue: z.int().positive(), dueAt: instant, closed: z.boolean() }).readonly();

/** Everything the release gate looks at: may this build enter an environment that comes after another? */
export const releaseFacts = z
  .strictObject({
    schema: z.literal(1),
    gate: z.literal('release'),
    repository,
    environment: z.string().min(1),
    asking,
    build: factOf(build),
    provenance: factOf(provenance).optional().describe('Only where the policy requires provenance: what was found when the signature over the build was checked.'),
    landing: factOf(landing),
    /** Commits between what the environment runs and the build that no recorded merge decision covers. */
    ungated: listOf(sha),
    /** null: the environment before this one runs nothing that is known to be healthy. */
    occupancy: factOf(occupancy.nullable()),
    probes: probes.optional().describe('Only where the policy says how the environment before this one is watched: what the probes found.'),
    running: factOf(running.nullable()),
    inFlight: listOf(inFlight),
    holds: listOf(hold),
    calendars: listOf(calendarFact).optional().describe('Only where the policy names calendars: what each of them holds around now.'),
    /** Whole seconds of recent successful deploys to this environment, newest first. */
    recentDeploySeconds: listOf(z.number().nonnegative()),
    /** Grants for this environment, used or not. */
    grants: listOf(grant),
    reviewTasks: listOf(reviewTask),
    schedule: schedule.nullable().optional().describe('Only where the policy has releases scheduled, or somebody scheduled one: the opening that was named last; null: none is.'),
    rollback: rollback.optional().describe('Only where somebody asked for the environment to go back to this build.'),
  })
  .readonly();

export type ReleaseFacts = z.infer<typeof releaseFacts>;
