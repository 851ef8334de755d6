import type { Decision, Sealed } from '@sallyport/gates';
import { calendarsAt } from './gather-calendars.ts';
import type { LedgerReader } from './ledger-access.ts';
import { promotionsTo, readState, rollbackIn } from './ledger-state.ts';
import type { RegisteredBuild } from './ledger-state.ts';
import type { OutsideReader, RepositoryFact } from './ports.ts';
import { parseTagName } from './promotion-tag.ts';
import { explainMissing, readPolicy } from './read-policy.ts';
import type { CurrentPolicy } from './read-policy.ts';
import { explainBroken } from './require-intact.ts';
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
};

/** The deploy job's first step: may this promotion still start, now? Queued past the window, re-run, forged or superseded tags end here (W04, P05). */
export async function askToStart(outside: Pick<OutsideReader, 'clock' | 'policy' | 'calendars' | 'trustRoots' | 'builds' | 'changes' | 'desk' | 'probes'>, openLedger: (policy: CurrentPolicy, repository: RepositoryFact) => LedgerReader, question: StartQuestion): Promise<StartAnswer> {
  const tag = parseTagName(question.tag);
  if (tag === null) return refused(`${question.tag} is not a promotion tag (promote/<environment>/<number>). Only the gatekeeper starts deploys.`);
  if (tag.environment !== question.environment) return refused(`${question.tag} promotes to ${tag.environment}, but this job entered ${question.environment}.`);

  const [now, repository, reading] = await Promise.all([outside.clock.read(), outside.changes.repository(), readPolicy(outside.policy)]);
  if (reading.state !== 'valid') return { state: 'unknown', reason: explainMissing(reading, 'nothing starts') };
  const environment = reading.current.sealed.value.environments.find(({ name }) => name === tag.environment);
  if (environment === undefined) return refused(`The policy has no environment ${tag.environment}.`);

  const check = await openLedger(reading.current, repository).read();
  if (check.state === 'broken') return { state: 'unknown', reason: explainBroken(check.faults, 'nothing starts') };
  const state = readState(check);
  const promotions = promotionsTo(state, tag.environment);
  const promotion = promotions.find(({ number }) => number === tag.number);
  const build = promotion === undefined ? undefined : state.builds.get(promotion.build);
  if (promotion === undefined || build === undefined) return refused(`The ledger never intended ${question.tag}. A tag made by hand starts nothing.`);
  if (promotion.commit !== question.commit) return refused(`The ledger intends ${question.tag} at commit ${promotion.commit}, but this job runs at ${question.commit}.`);

  const asking = { for: 'start', number: tag.number, tag: promotion.tag, intended: true, ended: promotion.end !== null, newest: promotions.at(-1)?.number ?? tag.number } as const;
  const rollback = rollbackIn(promotion);
  const calendars = calendarsAt(outside.calendars, reading.current.sealed.value, now);
  const { decision, facts } = await decidePromotion({ outside, calendars, repository, policy: reading.current, state, now, unreadCommands: null }, { environment, build: build.digest, asking, ...(rollback === undefined ? {} : { rollback }) });
  return { state: 'decided', decision, facts, build, environment: tag.environment, number: tag.number, checkpoint: check.checkpoint ?? '' };
}

const refused = (reason: string): StartAnswer => ({ state: 'refused', reason });
