import type { EnvironmentPolicy } from '@sallyport/policy';
import { lastSucceeded, openPromotions, promotionsTo } from '../ledger-state.ts';
import type { AskedRollback, RegisteredBuild } from '../ledger-state.ts';
import { tagName } from '../promotion-tag.ts';
import { describeToNothing, mayBeTried, restsUntil, triesOfBuild } from '../tries.ts';
import { decidePromotion } from './decide-promotion.ts';
import type { Draft } from './draft.ts';
import type { View } from './view.ts';

/** Decides on the next build for an environment and, if it may go, intends its promotion. The tag is made in the next round. */
export async function planNewPromotion(view: View, environment: EnvironmentPolicy, draft: Draft): Promise<void> {
  const { state } = view;
  if (openPromotions(state, environment.name).length > 0 || draft.intends(environment.name)) return;
  const nothing = describeToNothing(state, environment.name);
  if (nothing !== null) draft.note({ code: 'deploy-not-begun', message: `${environment.name}: ${nothing.what} ${nothing.next}` });
  const follower = busyFollower(view, environment, draft);
  if (follower !== null) {
    draft.note({ code: 'staging-held', message: `${environment.name} keeps what it runs while ${follower} is being deployed from it.` });
    return;
  }
  const digest = nextBuild(view, environment);
  const build = digest === null ? undefined : state.builds.get(digest);
  if (digest === null || build === undefined) return;

  if (restsUntil(state, environment.name, digest) <= view.at) await intendIfAllowed(view, environment, build, draft);
  else await decideOnly(view, environment, digest, draft);
}

/** What stands against it is shown while it rests. */
async function decideOnly(view: View, environment: EnvironmentPolicy, build: string, draft: Draft): Promise<void> {
  const { decision, facts } = await decidePromotion(view, { environment, build, asking: { for: 'promotion' } });
  draft.decide(decision, facts);
}

/** Asks the gate, and records the intent where it allows. With a rollback the build goes back to where it ran. */
export async function intendIfAllowed(view: View, environment: EnvironmentPolicy, { digest, version, commit }: RegisteredBuild, draft: Draft, rollback?: AskedRollback): Promise<void> {
  const { decision, facts, override } = await decidePromotion(view, { environment, build: digest, asking: { for: 'promotion' }, ...(rollback === undefined ? {} : { rollback }) });
  if (decision.outcome !== 'allow') {
    draft.decide(decision, facts);
    return;
  }
  const decisionIndex = draft.decide(decision, facts, { always: true });
  if (decisionIndex === null) return;
  const number = nextNumber(view, environment);
  draft.record({
    key: `promotion:${environment.name}:${number}`,
    body: { type: 'promotion-intended', environment: environment.name, number, tag: tagName(environment.name, number), build: digest, version, commit, decisionIndex, override, ...(rollback === undefined ? {} : { rollback: recordOf(rollback) }) },
  });
}

const recordOf = ({ id, requester, reason, requestedAt }: AskedRollback) => ({ id, requester, reason, requestedAt: new Date(requestedAt).toISOString() });

/** An environment that comes after this one and has a promotion under way: its build must stay where it was found healthy. */
export function busyFollower(view: View, environment: EnvironmentPolicy, draft: Draft): string | null {
  const followers = view.policy.sealed.value.environments.filter(({ after }) => after?.environment === environment.name);
  return followers.find(({ name }) => openPromotions(view.state, name).length > 0 || draft.intends(name))?.name ?? null;
}

/**
 * The build to judge: for a first environment the newest registered one (newer supersede older), for a later one what
 * the environment before it runs, because nothing else may go, override or not. One that was tried there is not tried again,
 * unless nothing of it was ever deployed.
 */
export function nextBuild({ state }: Pick<View, 'state'>, environment: EnvironmentPolicy): string | null {
  const candidate = environment.after === null ? [...state.builds.values()].at(-1)?.digest : lastSucceeded(state, environment.after.environment)?.build;
  return candidate === undefined || !mayBeTried(triesOfBuild(state, environment.name, candidate)) ? null : candidate;
}

/** A tag further ahead than this was made by hand. Counted, it would use up the numbers that a tag's name has room for. */
const mostAhead = 1_000_000;

/** Numbers only rise: above every number that the ledger has used, or a tag within reach of it. */
function nextNumber(view: View, environment: EnvironmentPolicy): number {
  const last = Math.max(0, ...promotionsTo(view.state, environment.name).map(({ number }) => number));
  const tags = view.tags.get(environment.name) ?? [];
  return 1 + Math.max(last, ...tags.map(({ number }) => number).filter((number) => number <= last + mostAhead));
}
