import * as z from 'zod';
import { imageName } from './image-name.ts';

/**
 * One ledger entry. The file is the canonical JSON (RFC 8785) of this and a newline; exactly those bytes are the Merkle leaf.
 * `previousRoot` is the root over all entries before it, so that an edit shows at the entry where it happened.
 */
const sha = z.string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/);
const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/);
const file = z.strictObject({ name: z.string().min(1), digest, sizeBytes: z.int().nonnegative() });
const at = z.iso.datetime({ offset: true });
const document = z.record(z.string(), z.unknown());
const person = z.strictObject({ id: z.int().positive(), login: z.string().min(1), kind: z.enum(['user', 'bot', 'other']) });

/** What a command asks for, with names resolved. Those that gates judge by themselves are kept by name alone. */
const command = z.discriminatedUnion('name', [
  z.strictObject({ name: z.literal('hold'), environment: z.string().min(1), reason: z.string().min(1) }),
  z.strictObject({ name: z.literal('resume'), environment: z.string().min(1) }),
  z.strictObject({ name: z.literal('schedule'), environment: z.string().min(1), from: at, to: at, build: digest.nullable() }),
  z.strictObject({ name: z.literal('unschedule'), environment: z.string().min(1) }),
  z.strictObject({ name: z.literal('override'), environment: z.string().min(1), build: digest, advisory: z.string().nullable(), reason: z.string().min(1) }),
  z.strictObject({ name: z.literal('deny'), environment: z.string().min(1), build: digest, reason: z.string(), requests: z.array(z.string().min(1)) }),
  z.strictObject({ name: z.enum(['approve', 'rollback', 'status', 'refused']) }),
]);

/** What the issue form for an override asks for, with names resolved. `holdsSeconds`: null is as long as the policy allows. */
const formRequest = z.discriminatedUnion('name', [
  z.strictObject({ name: z.literal('override'), environment: z.string().min(1), build: digest, advisory: z.string().nullable(), reason: z.string().min(1), urgency: z.enum(['exploited', 'exploit-public', 'undisclosed', 'incident']), waives: z.array(z.enum(['window', 'soak', 'freeze'])).min(1), holdsSeconds: z.int().positive().nullable() }),
  z.strictObject({ name: z.literal('refused') }),
]);

export const entryBody = z.discriminatedUnion('type', [
  /** The policy as first seen at a commit of the default branch: decisions name it by digest. */
  z.strictObject({ type: z.literal('policy-adopted'), digest, commit: sha, text: z.string() }),
  /** A gate's decision with the facts it was made from. */
  z.strictObject({ type: z.literal('decision-made'), gate: z.enum(['merge', 'stage', 'release', 'override']), subject: z.string(), outcome: z.enum(['allow', 'wait', 'deny', 'unknown']), decision: document, facts: document }),
  z.strictObject({
    type: z.literal('build-registered'),
    digest,
    version: z.string().min(1),
    commit: sha,
    /** Files that are kept under `release`, and images that are in their registries. */
    artifacts: z.array(z.union([file, z.strictObject({ image: imageName, digest })])).min(1),
    workflow: z.string().min(1),
    runId: z.int().positive(),
    /** Where the files are kept: the release's tag name. */
    release: z.string().min(1),
    /** The signature bundle that is kept beside the artifacts; absent where the policy asked for none. */
    provenance: file.optional(),
  }),
  /** Recorded before the tag is made; `number` is used up from here on, whatever follows. */
  z.strictObject({ type: z.literal('promotion-intended'), environment: z.string().min(1), number: z.int().positive(), tag: z.string().min(1), build: digest, version: z.string(), commit: sha, decisionIndex: z.int().nonnegative(), override: z.string().nullable(), rollback: z.strictObject({ id: z.string().min(1), requester: person, reason: z.string(), requestedAt: at }).optional() }),
  /**
   * `failed`: its deploy may have changed the environment. `abandoned`: its tag was never made. `refused`: its deploy asked whether it may start, and
   * nothing ran after the no. `not-started`: no deploy of it was seen in time, and a later one is refused; whether one was hidden, nobody knows.
   */
  z.strictObject({ type: z.literal('promotion-ended'), environment: z.string().min(1), number: z.int().positive(), build: digest, outcome: z.enum(['succeeded', 'failed', 'abandoned', 'refused', 'not-started']), reason: z.string(), runId: z.int().positive().nullable(), startedAt: at.nullable(), endedAt: at }),
  z.strictObject({ type: z.literal('override-granted'), id: z.string().min(1), environment: z.string().min(1), build: digest, requester: person, approvers: z.array(person).min(1), reason: z.string(), advisory: z.string().nullable(), waives: z.array(z.enum(['window', 'soak', 'freeze'])), grantedAt: at, expiresAt: at, decisionIndex: z.int().nonnegative() }),
  z.strictObject({ type: z.literal('review-opened'), override: z.string().min(1), issue: z.int().positive(), dueAt: at }),
  /** Where people follow what comes to an environment after its promotion number `after` (0: after none), and give commands. */
  z.strictObject({ type: z.literal('release-opened'), environment: z.string().min(1), after: z.int().nonnegative(), issue: z.int().positive() }),
  /** The release by which a version is known from its first success in a last environment on. `version` has no prerelease: 1.8.0 for a build 1.8.0-rc.3. */
  z.strictObject({ type: z.literal('release-published'), version: z.string().min(1), tag: z.string().min(1), build: digest, environment: z.string().min(1), number: z.int().positive() }),
  /** A command on a release issue, handled once, whatever was made of it. `answer` is what its author was told. */
  z.strictObject({ type: z.literal('command-handled'), comment: z.int().positive(), issue: z.int().positive(), person, role: z.string().min(1), commentedAt: at, command, outcome: z.enum(['accepted', 'refused']), answer: z.string() }),
  /** The issue of the override that a command asked for. Whoever gave the command is its requester. */
  z.strictObject({ type: z.literal('override-requested'), comment: z.int().positive(), issue: z.int().positive() }),
  /** An issue by the form for an override, handled once, whatever was made of it. Whoever opened it is the requester, and what is asked for is what stands here. */
  z.strictObject({ type: z.literal('form-handled'), issue: z.int().positive(), person, role: z.string().min(1), askedAt: at, command: formRequest, outcome: z.enum(['accepted', 'refused']), answer: z.string() }),
  /** An opening that passed although a build was ready to go in it. */
  z.strictObject({ type: z.literal('window-missed'), environment: z.string().min(1), build: digest, from: at, to: at, reason: z.string().min(1) }),
  /** A probe found the environment running something else than promotion `promotion` brought there. `at`: when the probe ended. */
  z.strictObject({ type: z.literal('drift-found'), environment: z.string().min(1), promotion: z.int().positive(), run: z.int().positive(), attempt: z.int().positive(), at }),
  /** People were told of something by `channel`. What was said is in no record; `notice` names what it was about, and each is told once in each place. */
  z.strictObject({ type: z.literal('notice-given'), notice: z.string().min(1).max(200), channel: z.enum(['github', 'slack', 'teams']) }),
]);
export type EntryBody = z.infer<typeof entryBody>;

export const ledgerEntry = z.strictObject({
  schema: z.literal(1),
  index: z.int().nonnegative(),
  at,
  /** Idempotency key: no two entries of a ledger share one. */
  key: z.string().min(1).max(256),
  /** Standard base64 of the root over the entries before this one. */
  previousRoot: z.string().length(44),
  body: entryBody,
});
export type LedgerEntry = z.infer<typeof ledgerEntry>;
