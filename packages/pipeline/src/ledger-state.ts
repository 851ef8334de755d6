import { mergeFacts } from '@sallyport/gates';
import type { Decision, GrantFact, MergeFacts, RollbackFact } from '@sallyport/gates';
import type { EntryBody, VerifiedLedger } from '@sallyport/ledger';
import * as z from 'zod';

type BodyOf<T extends EntryBody['type']> = Extract<EntryBody, { type: T }>;

export type RegisteredBuild = BodyOf<'build-registered'> & { readonly index: number; readonly at: number };
export type PromotionEnd = BodyOf<'promotion-ended'> & { readonly index: number };
export type RecordedPromotion = BodyOf<'promotion-intended'> & { readonly index: number; readonly at: number; readonly end: PromotionEnd | null };
/** A rollback as it was asked for, without what its gate has to gather. */
export type AskedRollback = Omit<RollbackFact, 'role' | 'ranAs'>;
/** A promotion with its end. */
export type EndedPromotion = RecordedPromotion & { readonly end: PromotionEnd };
export type RecordedDecision = BodyOf<'decision-made'> & { readonly index: number; readonly at: number };
export type RecordedCommand = BodyOf<'command-handled'> & { readonly index: number };
export type RecordedForm = BodyOf<'form-handled'> & { readonly index: number };
export type FoundDrift = BodyOf<'drift-found'> & { readonly index: number; readonly recordedAt: number };
export type PublishedRelease = BodyOf<'release-published'>;
export type MissedWindow = BodyOf<'window-missed'> & { readonly index: number; readonly recordedAt: number };
export type RecordedReview = BodyOf<'review-opened'> & { readonly index: number };

/** What a ledger's entries say, put together. Nothing here is judged. */
export type LedgerState = {
  readonly size: number;
  readonly policies: ReadonlyMap<string, BodyOf<'policy-adopted'>>;
  /** By digest, in the order they were registered. */
  readonly builds: ReadonlyMap<string, RegisteredBuild>;
  /** Per environment, by number, lowest first. */
  readonly promotions: ReadonlyMap<string, readonly RecordedPromotion[]>;
  readonly grants: ReadonlyMap<string, GrantFact>;
  readonly reviews: ReadonlyMap<string, RecordedReview>;
  readonly decisions: readonly RecordedDecision[];
  /** By the comment that gave it, in the order they were handled. */
  readonly commands: ReadonlyMap<number, RecordedCommand>;
  /** Of every environment, oldest first. */
  readonly releases: readonly BodyOf<'release-opened'>[];
  /** By version, without prerelease. */
  readonly published: ReadonlyMap<string, PublishedRelease>;
  /** By its issue: the command that asked for the override, or what was made of the form that its author filled in. */
  readonly askedOverrides: ReadonlyMap<number, RecordedCommand | RecordedForm>;
  readonly missedWindows: readonly MissedWindow[];
  readonly drifts: readonly FoundDrift[];
  /** What people were told, as `noticeKey` has it. */
  readonly notices: ReadonlySet<string>;
};

/** Reads the entries of a verified ledger, first to last. */
export function readState(ledger: VerifiedLedger): LedgerState {
  const policies = new Map<string, BodyOf<'policy-adopted'>>();
  const builds = new Map<string, RegisteredBuild>();
  const intents: RecordedPromotion[] = [];
  const ends = new Map<string, PromotionEnd>();
  const grants = new Map<string, GrantFact>();
  const reviews = new Map<string, RecordedReview>();
  const decisions: RecordedDecision[] = [];
  const commands = new Map<number, RecordedCommand>();
  const releases: BodyOf<'release-opened'>[] = [];
  const published = new Map<string, PublishedRelease>();
  const askedOverrides = new Map<number, RecordedCommand | RecordedForm>();
  const missedWindows: MissedWindow[] = [];
  const drifts: FoundDrift[] = [];
  const notices = new Set<string>();

  for (const entry of ledger.entries) {
    const { body, index } = entry;
    switch (body.type) {
      case 'policy-adopted':
        policies.set(body.digest, body);
        break;
      case 'build-registered':
        builds.set(body.digest, { ...body, index, at: Date.parse(entry.at) });
        break;
      case 'promotion-intended':
        intents.push({ ...body, index, at: Date.parse(entry.at), end: null });
        break;
      case 'promotion-ended':
        ends.set(promotionKey(body.environment, body.number), { ...body, index });
        break;
      case 'override-granted':
        grants.set(body.id, grantOf(body, index));
        break;
      case 'review-opened':
        reviews.set(body.override, { ...body, index });
        break;
      case 'decision-made':
        decisions.push({ ...body, index, at: Date.parse(entry.at) });
        break;
      case 'command-handled':
        commands.set(body.comment, { ...body, index });
        break;
      case 'release-opened':
        releases.push(body);
        break;
      case 'release-published':
        published.set(body.version, body);
        break;
      case 'override-requested': {
        const asked = commands.get(body.comment);
        if (asked !== undefined) askedOverrides.set(body.issue, asked);
        break;
      }
      case 'form-handled':
        askedOverrides.set(body.issue, { ...body, index });
        break;
      case 'window-missed':
        missedWindows.push({ ...body, index, recordedAt: Date.parse(entry.at) });
        break;
      case 'drift-found':
        drifts.push({ ...body, index, recordedAt: Date.parse(entry.at) });
        break;
      case 'notice-given':
        notices.add(noticeKey(body));
        break;
      default:
        body satisfies never;
    }
  }
  const promotions = groupByEnvironment(intents.map((intent) => ({ ...intent, end: ends.get(promotionKey(intent.environment, intent.number)) ?? null })));
  return { size: ledger.head.size, policies, builds, promotions, grants: markConsumed(grants, intents), reviews, decisions, commands, releases, published, askedOverrides, missedWindows, drifts, notices };
}

/** What nothing was recorded in. */
export const emptyState: LedgerState = { size: 0, policies: new Map(), builds: new Map(), promotions: new Map(), grants: new Map(), reviews: new Map(), decisions: [], commands: new Map(), releases: [], published: new Map(), askedOverrides: new Map(), missedWindows: [], drifts: [], notices: new Set() };

/** The key of the entry that says that people were told by a channel. */
export const noticeKey = ({ notice, channel }: Pick<BodyOf<'notice-given'>, 'notice' | 'channel'>): string => `notice:${channel}:${notice}`;

const promotionKey = (environment: string, number: number): string => `${environment}/${number}`;

function grantOf(body: BodyOf<'override-granted'>, ledgerIndex: number): GrantFact {
  const { id, environment, build, requester, approvers, reason, advisory, waives } = body;
  return { id, environment, build, requester, approvers, reason, advisory, waives, grantedAt: Date.parse(body.grantedAt), expiresAt: Date.parse(body.expiresAt), consumedBy: null, ledgerIndex };
}

/** A grant is used up by the first intent that names it, whatever became of that promotion. */
function markConsumed(grants: ReadonlyMap<string, GrantFact>, intents: readonly RecordedPromotion[]): ReadonlyMap<string, GrantFact> {
  const marked = new Map(grants);
  for (const intent of intents) {
    const granted = intent.override === null ? undefined : marked.get(intent.override);
    if (granted !== undefined && granted.consumedBy === null) marked.set(granted.id, { ...granted, consumedBy: intent.number });
  }
  return marked;
}

function groupByEnvironment(promotions: readonly RecordedPromotion[]): ReadonlyMap<string, readonly RecordedPromotion[]> {
  const groups = new Map<string, RecordedPromotion[]>();
  for (const promotion of promotions) {
    const group = groups.get(promotion.environment);
    if (group === undefined) groups.set(promotion.environment, [promotion]);
    else group.push(promotion);
  }
  for (const group of groups.values()) group.sort((a, b) => a.number - b.number);
  return groups;
}

export const promotionsTo = (state: LedgerState, environment: string): readonly RecordedPromotion[] => state.promotions.get(environment) ?? [];

/** The rollback that a promotion carries out; undefined when it is an ordinary one. */
export function rollbackIn({ rollback, environment, build, number }: RecordedPromotion): AskedRollback | undefined {
  if (rollback === undefined) return undefined;
  const { id, requester, reason, requestedAt } = rollback;
  return { id, environment, build, requester, reason, requestedAt: Date.parse(requestedAt), edited: false, consumedBy: number };
}

/** Whether a decision is the release gate's on what goes to an environment. */
export const decidesRelease = ({ gate, subject }: { readonly gate: string; readonly subject: string }, environment: string): boolean => gate === 'release' && subject.endsWith(` to ${environment}`);

/** The builds whose digest begins so. */
export const buildsLike = (state: LedgerState, prefix: string): readonly RegisteredBuild[] => [...state.builds.values()].filter(({ digest }) => digest.startsWith(prefix));

export const lastRelease = (state: LedgerState, environment: string): LedgerState['releases'][number] | null => state.releases.findLast((release) => release.environment === environment) ?? null;

export const openPromotions = (state: LedgerState, environment: string): readonly RecordedPromotion[] => promotionsTo(state, environment).filter((promotion) => promotion.end === null);

/** The latest promotion that succeeded: what the environment runs, as far as the record knows. */
export const lastSucceeded = (state: LedgerState, environment: string): RecordedPromotion | null => promotionsTo(state, environment).findLast((promotion) => promotion.end?.outcome === 'succeeded') ?? null;

/** Whether a promotion is known to have changed nothing. One whose deploy was not seen to start is not: a run can be hidden by deleting it. */
export const leftAlone = ({ outcome }: Pick<PromotionEnd, 'outcome'>): boolean => outcome === 'abandoned' || outcome === 'refused';

/** Whether a promotion was made, and its deploy never let in. */
export const cameToNothing = ({ end }: RecordedPromotion): boolean => end?.outcome === 'refused' || end?.outcome === 'not-started';

/** The latest promotion to an environment, if its deploy was never let in: people are told until there is another. */
export function lastToNothing(state: LedgerState, environment: string): EndedPromotion | null {
  const latest = promotionsTo(state, environment).findLast(({ end }) => end?.outcome !== 'abandoned');
  return latest?.end != null && cameToNothing(latest) ? { ...latest, end: latest.end } : null;
}

/**
 * What `environment` has run without a break: the last promotion there, if it succeeded. A later one that is under way,
 * failed or was not seen to start ends the occupancy; one that was abandoned or refused never touched the environment.
 */
export function occupancyOf(state: LedgerState, environment: string) {
  const latest = promotionsTo(state, environment).findLast(({ end }) => end === null || !leftAlone(end));
  if (latest?.end?.outcome !== 'succeeded') return null;
  return { environment, build: latest.build, number: latest.number, healthySince: Date.parse(latest.end.endedAt) };
}

/** The last drift that was found of what the environment runs; null when none was since its promotion. */
export function driftIn(state: LedgerState, environment: string): FoundDrift | null {
  const running = lastSucceeded(state, environment);
  return state.drifts.findLast((drift) => drift.environment === environment && drift.promotion === running?.number) ?? null;
}

/** The rollback that a decision was asked about, by its id; null for any other question. Facts are taken as they are, recorded or new. */
export function rollbackAsked(facts: unknown): string | null {
  const parsed = askedAbout.safeParse(facts);
  return parsed.success ? parsed.data.rollback.id : null;
}

const askedAbout = z.object({ rollback: z.object({ id: z.string() }) });

/** The last decision on the same question. A build may wait for its window and be asked back at once: these are two questions on one subject. */
export const lastDecision = (state: LedgerState, { gate, subject }: Pick<Decision, 'gate' | 'subject'>, facts: unknown): RecordedDecision | null =>
  state.decisions.findLast((made) => made.gate === gate && made.subject === subject && rollbackAsked(made.facts) === rollbackAsked(facts)) ?? null;

/** The facts of every merge decision that allowed, newest first; entries whose facts no longer parse are left out. */
export function allowedMerges(state: LedgerState): readonly MergeFacts[] {
  return state.decisions
    .filter((made) => made.gate === 'merge' && made.outcome === 'allow')
    .map((made) => mergeFacts.safeParse(made.facts))
    .flatMap((parsed) => (parsed.success ? [parsed.data] : []))
    .reverse();
}

/** Whether a decision says something else than the last one recorded for its subject: outcome or a rule's reason. */
export function saysSomethingNew(decision: Decision, recorded: RecordedDecision | null): boolean {
  if (recorded === null) return true;
  return verdictOf(decision) !== verdictOf(recorded.decision as Pick<Decision, 'outcome' | 'rules'>);
}

const verdictOf = (made: Pick<Decision, 'outcome' | 'rules'>): string => JSON.stringify([made.outcome, made.rules.map(({ rule, outcome, reason }) => [rule, outcome, reason])]);

