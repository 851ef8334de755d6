import * as z from 'zod';
import { artifact } from './artifact.ts';
import { digest } from './digest.ts';
import type { Digest } from './digest.ts';
import { instant } from './instant.ts';

export { digest };
export type { Digest };

/** A full object id, SHA-1 or SHA-256, lower case. */
export const sha = z.string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/);

/** An account, told apart by its numeric id; the login is only for reading. */
export const person = z.strictObject({ id: z.int().positive(), login: z.string().min(1), kind: z.enum(['user', 'bot', 'other']) }).readonly();
export type Person = z.infer<typeof person>;

export const repository = z.strictObject({ owner: z.string().min(1), name: z.string().min(1), id: z.int().positive(), defaultBranch: z.string().min(1) }).readonly();

/** GitHub's `role_name`, custom roles as `other`. */
export const role = z.enum(['none', 'read', 'triage', 'write', 'maintain', 'admin', 'other']);
export type Role = z.infer<typeof role>;

export const membership = z.enum(['active', 'pending', 'none']);

/** A registered build: the only thing that can be promoted. `digest` is the digest of `{commit, version, artifacts}`. */
export const build = z
  .strictObject({
    digest,
    version: z.string().min(1),
    commit: sha,
    artifacts: z.array(artifact).min(1).readonly(),
    workflow: z.string().min(1),
    runId: z.int().positive(),
    registeredAt: instant,
    ledgerIndex: z.int().nonnegative(),
  })
  .readonly();
export type BuildFact = z.infer<typeof build>;

/** How a commit came to the protected branch, and the merge decision recorded for it. */
export const landing = z
  .strictObject({
    commit: sha,
    branch: z.string().min(1),
    onBranch: z.boolean(),
    landedTree: sha,
    /** null: no pull request landed this commit (a direct push). */
    change: z
      .strictObject({
        number: z.int().positive(),
        headSha: sha,
        mergedAt: instant,
        /**
         * The latest recorded merge decision for exactly `headSha` made before `mergedAt`: of the merge queue's group that landed
         * as `commit`, if one was judged, else of the head alone. null when there is none.
         */
        decision: z
          .strictObject({
            ledgerIndex: z.int().nonnegative(),
            outcome: z.enum(['allow', 'wait', 'deny', 'unknown']),
            headSha: sha,
            /** The tree that was judged: the group's, else the head's. */
            judgedTree: sha,
            decidedAt: instant,
          })
          .readonly()
          .nullable(),
      })
      .readonly()
      .nullable(),
  })
  .readonly();
export type LandingFact = z.infer<typeof landing>;

/** A promotion that has been intended and has no recorded end. */
export const inFlight = z
  .strictObject({
    number: z.int().positive(),
    tag: z.string().min(1),
    build: digest,
    intendedAt: instant,
    silentSince: instant.optional().describe('Only where its deploy should have ended by now, and has not: when it should have.'),
  })
  .readonly();

export const hold = z
  .strictObject({
    issue: z.int().positive(),
    owner: person,
    reason: z.string(),
    since: instant,
    comment: z.int().positive().optional().describe('The command on the release issue that holds; without one, the open issue itself does.'),
  })
  .readonly();

/** Who asks: for a promotion still to be made, or the deploy job of one already made, at its start. */
export const asking = z.discriminatedUnion('for', [
  z.strictObject({ for: z.literal('promotion') }).readonly(),
  z
    .strictObject({
      for: z.literal('start'),
      number: z.int().positive(),
      tag: z.string().min(1),
      /** The recorded intent of this number names this build; false: the tag and the ledger disagree. */
      intended: z.boolean(),
      /** An outcome is already recorded: the number is used up. */
      ended: z.boolean(),
      /** The highest number intended for this environment. */
      newest: z.int().positive(),
    })
    .readonly(),
]);

/** What an environment runs, from the record of promotions. */
export const running = z
  .strictObject({ build: digest, version: z.string().min(1), commit: sha, number: z.int().positive(), since: instant })
  .readonly();

/** An override as granted in the ledger. */
export const grant = z
  .strictObject({
    id: z.string().min(1),
    environment: z.string().min(1),
    build: digest,
    requester: person,
    approvers: z.array(person).min(1).readonly(),
    reason: z.string(),
    advisory: z.string().nullable(),
    waives: z.array(z.enum(['window', 'soak', 'freeze'])).readonly(),
    grantedAt: instant,
    expiresAt: instant,
    /** The promotion number that used it up; null while unused. */
    consumedBy: z.int().positive().nullable(),
    ledgerIndex: z.int().nonnegative(),
  })
  .readonly();
export type GrantFact = z.infer<typeof grant>;
