import { artifact, digest, person, sha } from '@sallyport/gates';
import { inclusionProof } from '@sallyport/ledger';
import * as z from 'zod';
import { recordedOf } from './recorded.ts';

/** One row of an evidence report. Instants are ISO 8601 in UTC, spans whole seconds, `index` the place of an entry in the ledger. */
const at = z.iso.datetime();
const seconds = z.int().nonnegative();
const index = z.int().nonnegative();

const approval = z.strictObject({ person: recordedOf(person), at, url: z.string(), summary: z.string() }).readonly();

const review = z
  .strictObject({
    approvals: z.array(approval).readonly().describe('Those that the merge gate counted.'),
    head: sha.describe('The commit that was reviewed.'),
    tree: sha.describe('The content that was reviewed: of the group where a merge queue landed it, else of the head.'),
    decidedAt: at.describe('When the merge gate allowed it.'),
    index: index.describe('Of the merge decision.'),
  })
  .readonly();

const test = z.strictObject({ name: z.string(), conclusion: recordedOf(z.string()), completedAt: at.nullable(), url: z.string().nullable(), run: z.string().nullable(), summary: z.string() }).readonly();

const change = z
  .strictObject({
    id: z.string().describe('e.g. acme/shop#12'),
    repository: z.string(),
    number: z.int().positive(),
    part: z.enum(['built', 'carried']).describe('built: its landing is the commit that was built. carried: it landed before that and after what production ran.'),
    title: recordedOf(z.string()),
    url: z.string().nullable(),
    requester: recordedOf(person).describe('Who opened the change.'),
    contributors: recordedOf(z.array(person).readonly()),
    firstPushAt: recordedOf(at),
    review: recordedOf(review),
    tests: recordedOf(z.array(test).readonly()),
    merge: z.strictObject({ commit: sha, at, by: recordedOf(person) }).readonly(),
  })
  .readonly();

const build = z
  .strictObject({
    version: z.string(),
    digest,
    commit: sha,
    artifacts: z.array(artifact).readonly(),
    workflow: z.string(),
    runId: z.int().positive(),
    release: z.string(),
    registeredAt: at,
    index,
    provenance: recordedOf(z.strictObject({ signer: z.string(), run: z.string().nullable(), signedAt: at, bundle: digest, trustRoot: digest }).readonly()),
  })
  .readonly();

const staging = z
  .strictObject({ environment: z.string(), number: z.int().positive(), startedAt: recordedOf(at), healthySince: at, soakedSeconds: seconds, requiredSeconds: recordedOf(seconds) })
  .readonly();

const rule = z.strictObject({ rule: z.string(), outcome: z.string(), reason: z.string(), summary: z.string() }).readonly();

const production = z
  .strictObject({
    intendedAt: at,
    decidedAt: recordedOf(at),
    decision: recordedOf(z.string()),
    index: index.describe('Of the decision.'),
    policy: recordedOf(digest),
    basis: z.enum(['rules', 'override', 'rollback']).describe('rules: the ordinary rules, the window among them, were met.'),
    rules: z.array(rule).readonly().describe('Every rule of the decision, as recorded.'),
    before: recordedOf(z.strictObject({ version: z.string(), build: digest, number: z.int().positive(), since: at }).readonly().nullable()).describe('What ran there; null: nothing had been promoted there.'),
    uncovered: recordedOf(z.array(sha).readonly()).describe('Commits that came along and that no merge decision covers.'),
    startedAt: recordedOf(at),
    endedAt: recordedOf(at),
    outcome: z.enum(['succeeded', 'failed', 'abandoned', 'refused', 'not-started', 'unknown']),
    says: z.string().describe('How the outcome is known.'),
    runId: z.int().positive().nullable(),
    by: z.string().describe('On whose word it was started.'),
  })
  .readonly();

const rollback = z.strictObject({ to: z.string(), ranAs: recordedOf(z.int().positive()), from: recordedOf(z.string()), requester: person, reason: z.string(), requestedAt: at }).readonly();

const emergency = z
  .strictObject({
    override: z.string(),
    reason: z.string(),
    advisory: z.string().nullable(),
    requester: person,
    approvers: z.array(person).readonly(),
    waives: z.array(z.string()).readonly(),
    grantedAt: at,
    expiresAt: at,
    index,
    review: recordedOf(
      z
        .strictObject({
          issue: z.int().positive(),
          dueAt: at,
          state: z.enum(['open', 'closed', 'not-looked-at']).describe('When a decision last looked at it.'),
          seenAt: at.nullable(),
          reviewedAt: recordedOf(at),
          reviewedBy: recordedOf(person),
        })
        .readonly(),
    ),
  })
  .readonly();

const proof = z
  .strictObject({
    index: index.describe('Of the intent: the entry that the row stands on.'),
    entries: z.array(z.strictObject({ what: z.string(), index }).readonly()).readonly().describe('Every entry that the row is read from.'),
    intent: inclusionProof.readonly(),
    outcome: inclusionProof.readonly().nullable(),
    grant: inclusionProof.readonly().nullable(),
  })
  .readonly();

export const deployment = z
  .strictObject({
    environment: z.string(),
    number: z.int().positive(),
    tag: z.string(),
    kind: z.enum(['normal', 'emergency', 'rollback']),
    changes: recordedOf(z.array(change).readonly()),
    build: recordedOf(build),
    staging: recordedOf(staging),
    production,
    rollback: rollback.nullable(),
    emergency: recordedOf(emergency).nullable(),
    proof,
  })
  .readonly();

export type Deployment = z.infer<typeof deployment>;
export type ChangeEvidence = z.infer<typeof change>;
export type EmergencyEvidence = z.infer<typeof emergency>;
export type ReviewEvidence = z.infer<typeof review>;
export type TestEvidence = z.infer<typeof test>;
export type BuildEvidence = z.infer<typeof build>;
