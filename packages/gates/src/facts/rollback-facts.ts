import * as z from 'zod';
import { factOf } from './fact.ts';
import { instant } from './instant.ts';
import { digest, person, role } from './shared.ts';

/** A person's word that an environment goes back to a build that ran there. */
export const rollback = z
  .strictObject({
    id: z.string().min(1).describe('Names the request for good: one is carried out once.'),
    environment: z.string().min(1),
    build: digest,
    requester: person,
    role: factOf(role).describe('Of the requester in the repository, now.'),
    reason: z.string(),
    requestedAt: instant,
    edited: z.boolean().describe('Whether it was changed after it was written.'),
    consumedBy: z.int().positive().nullable().describe('The promotion number that carried it out; null while none did.'),
    ranAs: factOf(z.strictObject({ number: z.int().positive(), version: z.string().min(1), endedAt: instant }).readonly().nullable()).describe('The last promotion of the build that succeeded in the environment; known null: it never did.'),
  })
  .readonly();

export type RollbackFact = z.infer<typeof rollback>;
