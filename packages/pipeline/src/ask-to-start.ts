import type { Decision, Sealed } from '@sallyport/gates';
import type { EnvironmentPolicy } from '@sallyport/policy';
import { calendarsAt } from './gather-calendars.ts';
import type { LedgerReader } from './ledger-access.ts';
import { promotionsTo, readState, rollbackIn } from './ledger-state.ts';
import type { RecordedPromotion, RegisteredBuild } from './ledger-state.ts';
import { OutsideError } from './outside-error.ts';
import type { Desk, OutsideReader, Promotions, RepositoryFact } from './ports.ts';
import { parseTagName } from './promotion-tag.ts';
import { explainMissing, readPolicy } from './read-policy.ts';
import type { CurrentPolicy } from './read-policy.ts';
import { withFreshHolds } from './release/with-fresh-holds.ts';
import type { HeldNow } from './release/with-fresh-holds.ts';
import { explainBroken } from './require-intact.ts';
import { startBy } from './start-deadline.ts';
import { decidePromotion } from './sweep/decide-promotion.ts';

export type StartAnswer =
  | { readonly state: 'decided'; readonly decision: Decision; readonly facts: Sealed<unknown>; readonly build: RegisteredBuild; readonly environment: string; readonly number: number; readonly checkpoint: string }
  | { readonly state: 'refused' | 'unknown'; readonly reason: string };

export type StartQuestion = {
  /** The tag that started the job, with or without `refs/tags/`. */
  readonly tag: string;
  /** The commit the job was started for. */
  readonly commit: string;
  /** The environment the job entered. */
  readonly environment: string;
  /** Path of the workflow file that the job is of. */
  readonly workflow: string;
};

/** The deploy job's first step: may this promotion still start, now? Queued past the window, re-run, forged or superseded tags end here (W04, P05). */
export async function askToStart(outside: Pick<OutsideReader, 'clock' | 'policy' | 'calendars' | 'trustRoots' | 'builds' | 'changes' | 'desk' | 'probes' | 'promotions'>, openLedger: (policy: CurrentPolicy, repository: RepositoryFact) => LedgerReader, question: StartQuestion): Promise<StartAnswer> {
  const tag = parseTagName(question.tag);
  if (tag === null) return refused(`${question.tag} is not a promotion tag (promote/<environment>/<number>). Only the gatekeeper starts deploys.`);
  if (tag.environment !== question.environment) return refused(`${question.tag} promotes to ${tag.environment}, but this job entered ${question.environment}.`);

  const [now, repository, reading] = await Promise.all([outside.clock.read(), outside.changes.repository(), readPolicy(outside.policy)]);
  if (reading.state !== 'valid') return { state: 'unknown', reason: explainMissing(reading, 'nothing starts') };
  const environment = reading.current.sealed.value.environments.find(({ name }) => name === tag.environment);
  if (environment === undefined) return refused(`The policy has no environment ${tag.environment}.`);

  // The gatekeeper looks for runs of that one and of no other: what it cannot see must not deploy.
  if (environment.workflow !== question.workflow) return refused(`The policy has ${environment.workflow} deploy to ${tag.environment}, but this job is of ${question.workflow}.`);

  const check = await openLedger(reading.current, repository).read();
  if (check.state === 'broken') return { state: 'unknown', reason: explainBroken(check.faults, 'nothing starts') };
  const state = readState(check);
  const promotions = promotionsTo(state, tag.environment);
  const promotion = promotions.find(({ number }) => number === tag.number);
  const build = promotion === undefined ? undefined : state.builds.get(promotion.build);
  if (promotion === undefined || build === undefined) return refused(`The ledger never intended ${question.tag}. A tag made by hand starts nothing.`);
  if (promotion.commit !== question.commit) return refused(`The ledger intends ${question.tag} at commit ${promotion.commit}, but this job runs at ${question.commit}.`);

  if (promotion.end === null) {
    const late = await whyLate(outside.promotions, { environment, promotion, at: now.serverAt ?? now.localAt });
    if (late !== null) return late;
  }

  const held = await heldNow(outside.desk, { policy: reading.current.sealed.value, state, environment: tag.environment, at: now.serverAt ?? now.localAt });
  if ('reason' in held) return held;

  const asking = { for: 'start', number: tag.number, tag: promotion.tag, intended: true, ended: promotion.end !== null, newest: promotions.at(-1)?.number ?? tag.number } as const;
  const rollback = rollbackIn(promotion);
  const calendars = calendarsAt(outside.calendars, reading.current.sealed.value, now);
  const { decision, facts } = await decidePromotion({ outside, calendars, repository, policy: reading.current, state: held.state, now, unreadCommands: held.unread }, { environment, build: build.digest, asking, ...(rollback === undefined ? {} : { rollback }) });
  return { state: 'decided', decision, facts, build, environment: tag.environment, number: tag.number, checkpoint: check.checkpoint ?? '' };
}

/** Without the permission nothing is known of holds, so it is said before anything else fails for the same reason (L5). */
async function heldNow(desk: Desk, question: Omit<Parameters<typeof withFreshHolds>[0], 'desk'>): Promise<HeldNow | Extract<StartAnswer, { readonly reason: string }>> {
  try {
    return await withFreshHolds({ desk, ...question });
  } catch (error) {
    if (!(error instanceof OutsideError) || (error.code !== 'forbidden' && error.code !== 'not-found')) throw error;
    return { state: 'unknown', reason: `Nobody knows whether ${question.environment} is on hold: ${error.message} The deploy job needs the permission \`issues: read\`.` };
  }
}

type Starting = { readonly environment: EnvironmentPolicy; readonly promotion: RecordedPromotion; readonly at: number };

/**
 * A promotion of which no run is seen in time is taken for ended (`neverStarts`). So a run that was made later does not start, whether or not
 * the gatekeeper has been there yet. One that was made in time and waited is for the gate to judge.
 */
async function whyLate(promotions: Promotions, { environment, promotion, at }: Starting): Promise<StartAnswer | null> {
  const by = startBy(environment, promotion.at);
  if (at <= by) return null;
  const found = await promotions.findDeploy(promotion.tag, promotion.commit, environment.workflow);
  if ('unknown' in found) return { state: 'unknown', reason: `Whether the run of ${promotion.tag} was made in time could not be read: ${found.unknown}.` };
  if (found.known !== null && found.known.createdAt <= by) return null;
  return refused(`The run of ${promotion.tag} had to be there by ${new Date(by).toISOString()}, and was not. The promotion is over; the gatekeeper decides on the next one.`);
}

const refused = (reason: string): StartAnswer => ({ state: 'refused', reason });
