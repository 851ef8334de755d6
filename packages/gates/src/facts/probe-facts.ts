import * as z from 'zod';
import { listOf } from './fact.ts';
import { instant } from './instant.ts';

/** What one attempt of one run of the probing workflow found. */
const probe = z.strictObject({ run: z.int().positive(), attempt: z.int().positive(), startedAt: instant, endedAt: instant, healthy: z.boolean() }).readonly();

export type ProbeFact = z.infer<typeof probe>;

/** What probes found of an environment. Attempts that say nothing (cancelled, skipped, still running) are left out. */
export const probes = z
  .strictObject({
    environment: z.string().min(1),
    workflow: z.string().min(1),
    /** Since what the environment runs was deployed, or for a little longer than the soak. In any order. */
    found: listOf(probe),
  })
  .readonly();

export type ProbesFact = z.infer<typeof probes>;
