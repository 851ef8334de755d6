import * as z from 'zod';
import { factOf, listOf } from './fact.ts';
import { instant } from './instant.ts';
import { build, digest, grant, membership, person, repository } from './shared.ts';

const approval = z
  .strictObject({
    commentId: z.int().positive(),
    person,
    commentedAt: instant,
    edited: z.boolean(),
    /** As written: at least 12 hex digits of the build's digest count. */
    digestPrefix: z.string(),
    environment: z.string(),
    membership: factOf(membership),
    url: z.string(),
  })
  .readonly();

/** Everything the override gate looks at: does this request become a grant? */
export const overrideFacts = z
  .strictObject({
    schema: z.literal(1),
    gate: z.literal('override'),
    repository,
    request: z
      .strictObject({
        /** The issue number, as text: the override's identity. */
        id: z.string().min(1),
        open: z.boolean(),
        requester: person,
        requestedAt: instant,
        environment: z.string().min(1),
        build: digest,
        reason: z.string(),
        advisory: z.string().nullable(),
        /** Where less is asked for than the policy allows: only these are waived, and only for so long after the last approval. */
        waives: z.array(z.enum(['window', 'soak', 'freeze'])).readonly().optional(),
        holdsSeconds: z.int().positive().optional(),
        url: z.string(),
      })
      .readonly(),
    build: factOf(build),
    /** Of every change between what the environment runs and this build. */
    contributors: listOf(person),
    approvals: listOf(approval),
    /** The grant already recorded for this request, if any: a request is granted once. */
    granted: factOf(grant.nullable()),
  })
  .readonly();

export type OverrideFacts = z.infer<typeof overrideFacts>;
