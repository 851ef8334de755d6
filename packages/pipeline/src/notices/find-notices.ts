import { describeInstant } from '@sallyport/calendar';
import type { Interval } from '@sallyport/calendar';
import { decision as decisionSchema, mainObjection, overrideFacts, shortDigest } from '@sallyport/gates';
import type { Decision, ReasonCode } from '@sallyport/gates';
import * as z from 'zod';
import { decidesRelease, lastRelease, openPromotions, promotionsTo } from '../ledger-state.ts';
import type { LedgerState, RecordedDecision, RecordedPromotion } from '../ledger-state.ts';
import type { Notice } from '../ports.ts';

export type NoticeView = {
  readonly state: LedgerState;
  readonly at: number;
  readonly environments: readonly WatchedEnvironment[];
};

export type WatchedEnvironment = {
  readonly name: string;
  /** What it comes after; then it has a release issue, and that is where notices of it belong. */
  readonly after: { readonly environment: string } | null;
  /** IANA name, for what people read. */
  readonly zone: string;
  /** The opening under way; null: its window is closed, or it has none. */
  readonly opening: Interval | null;
  /** What the gate said just now of what goes next; null when nothing waits. */
  readonly decision: Decision | null;
};

/** What happened longer ago is told no more: whoever begins to be told, or could not be for a while, is not flooded. */
export const noticeHoldsMilliseconds = 24 * 60 * 60 * 1000;

/** What people may want to hear now, from what is recorded, the weightiest first; whether they have heard it already is not looked at. The same state gives the same notices. */
export function findNotices(view: NoticeView): readonly Notice[] {
  return [...used(view), ...bypassed(view), ...view.environments.flatMap((environment) => [...drifted(view, environment), ...missed(view, environment), ...opened(view, environment)]), ...requested(view)];
}

const isFresh = ({ at: now }: NoticeView, at: number): boolean => now - at < noticeHoldsMilliseconds;

/** Staging has no release issue; what is found there belongs to what would come out of it. */
function issueOf({ state, environments }: NoticeView, name: string): number | null {
  const own = environments.find((one) => one.name === name);
  const next = own?.after == null ? environments.find(({ after }) => after?.environment === name)?.name : name;
  return next === undefined ? null : (lastRelease(state, next)?.issue ?? null);
}

/** An opening in which nothing can go is no news, and neither is a window that never closes: where it began is only as far as the calendar was asked. */
function opened(view: NoticeView, { name, zone, opening, decision }: WatchedEnvironment): readonly Notice[] {
  if (opening === null || !isFresh(view, opening.from)) return [];
  const going = openPromotions(view.state, name).at(-1);
  const gone = promotionsTo(view.state, name).findLast(({ at }) => at >= opening.from && at < opening.to);
  const queued = going === undefined ? queueLine(decision) : `${going.version} is on its way, by ${going.tag}.`;
  const line = queued ?? (gone === undefined ? null : becameOf(gone));
  if (line === null) return [];
  return [{ id: `window-opens:${name}:${new Date(opening.from).toISOString()}`, event: 'window-opens', title: `The window of ${name} is open`, lines: [`Until ${describeInstant(opening.to, zone)}.`, line], issue: issueOf(view, name) }];
}

function becameOf({ version, tag, end }: RecordedPromotion): string {
  return end?.outcome === 'succeeded' ? `${version} went, by ${tag}.` : `${version} was to go by ${tag}, and did not arrive: ${end?.outcome ?? 'unknown'}.`;
}

function queueLine(decision: Decision | null): string | null {
  return decision === null ? null : `${decision.subject}: ${mainObjection(decision)?.summary ?? 'it may go.'}`;
}

const missed = (view: NoticeView, { name, zone }: WatchedEnvironment): readonly Notice[] =>
  view.state.missedWindows
    .filter(({ environment, recordedAt }) => environment === name && isFresh(view, recordedAt))
    .map(({ from, to, build, reason }) => ({
      id: `window-missed:${name}:${from}`,
      event: 'window-missed',
      title: `${versionOf(view.state, build)} missed the window of ${name}`,
      lines: [`It was open until ${describeInstant(Date.parse(to), zone)}.`, reason, 'It is not made up for outside the window.'],
      issue: issueOf(view, name),
    }));

const drifted = (view: NoticeView, { name, zone }: WatchedEnvironment): readonly Notice[] =>
  view.state.drifts
    .filter(({ environment, recordedAt }) => environment === name && isFresh(view, recordedAt))
    .map(({ promotion, run, attempt, at }) => ({
      id: `drift:${name}:${run}:${attempt}`,
      event: 'drift',
      title: `${name} does not run what was promoted to it`,
      lines: [`Run ${run} found something else there than promotion ${promotion} brought, ${describeInstant(Date.parse(at), zone)}.`, 'Find out who changed it. To set it right, let a newer build go, or ask for a rollback.'],
      issue: issueOf(view, name),
    }));

/** Told when it may be approved or already is: what is refused out of hand, nobody has to act on. */
function requested(view: NoticeView): readonly Notice[] {
  const first = new Map<string, RecordedDecision>();
  for (const made of view.state.decisions) {
    if (made.gate === 'override' && (made.outcome === 'wait' || made.outcome === 'allow') && !first.has(made.subject)) first.set(made.subject, made);
  }
  return [...first.values()].filter(({ at }) => isFresh(view, at)).flatMap((made) => {
    const facts = overrideFacts.safeParse(made.facts);
    if (!facts.success) return [];
    const { id, requester, environment, build, reason, advisory } = facts.data.request;
    const title = `${requester.login} asks for an override: ${versionOf(view.state, build)} to ${environment}`;
    return [{ id: `override-requested:${id}`, event: 'override-requested' as const, title, lines: [...(advisory === null ? [] : [`For ${advisory}.`]), `Reason: ${reason}`, 'A security lead looks at the build and approves it there, or does not.'], issue: Number(id) }];
  });
}

const used = (view: NoticeView): readonly Notice[] =>
  [...view.state.promotions.values()].flat().flatMap(({ override, at, environment, version, tag, number }) => {
    if (override === null || !isFresh(view, at)) return [];
    const approvers = view.state.grants.get(override)?.approvers.map(({ login }) => login).join(', ');
    return [{ id: `override-used:${override}:${environment}:${number}`, event: 'override-used' as const, title: `${version} goes to ${environment} under an override`, lines: [`By ${tag}, under override ${override}${approvers === undefined ? '' : `, approved by ${approvers}`}.`, 'A review is opened when its deploy has ended.'], issue: Number(override) }];
  });

/** The ways in which something can be on a branch without the merge gate's yes to exactly that. */
const pastTheGate: ReadonlySet<ReasonCode> = new Set<ReasonCode>(['no-pull-request', 'no-merge-decision', 'merge-not-allowed', 'merge-decision-other-head', 'merge-decision-too-late', 'landed-tree-differs', 'ungated-commit']);

const bypassed = (view: NoticeView): readonly Notice[] =>
  view.state.decisions
    .filter(({ gate, outcome, at }) => (gate === 'stage' || gate === 'release') && outcome === 'deny' && isFresh(view, at))
    .flatMap((made) => {
      const said = decisionSchema.safeParse(made.decision);
      const found = said.success ? said.data.rules.find(({ outcome, reason }) => outcome === 'deny' && pastTheGate.has(reason)) : undefined;
      const environment = view.environments.find(({ name }) => decidesRelease({ ...made, gate: 'release' }, name));
      if (found === undefined || environment === undefined) return [];
      return [{ id: `bypass-seen:${environment.name}:${buildIn(made)}`, event: 'bypass-seen' as const, title: `Something landed past the merge gate: ${made.subject} is refused`, lines: [found.summary, 'Find out who let it in, and how. `sallyport audit` lists all that came to the branch without a decision.'], issue: issueOf(view, environment.name) }];
    });

/** Which build a gate was asked about: versions are anybody's words, and as long as they like. */
function buildIn({ facts, index }: RecordedDecision): string {
  const parsed = askedAbout.safeParse(facts);
  return parsed.success ? shortDigest(parsed.data.build.known.digest) : `entry-${index}`;
}

const askedAbout = z.object({ build: z.object({ known: z.object({ digest: z.string() }) }) });

const versionOf = (state: LedgerState, build: string): string => state.builds.get(build)?.version ?? shortDigest(build);
