import { dayMilliseconds } from '@sallyport/calendar';
import type { Interval } from '@sallyport/calendar';
import { decision as decisionSchema } from '@sallyport/gates';
import type { EnvironmentPolicy } from '@sallyport/policy';
import { decidesRelease, promotionsTo } from '../ledger-state.ts';
import type { LedgerState } from '../ledger-state.ts';
import { openingsIn } from '../release/find-openings.ts';
import { scheduleIn } from '../release/standing-commands.ts';
import type { Draft } from './draft.ts';
import { nextBuild } from './plan-new-promotion.ts';
import type { View } from './view.ts';

/** Openings that ended longer ago are not looked for: a policy that is new has missed nothing. */
const lookBack = 8 * dayMilliseconds;

/**
 * Records, once, that the last opening of an environment passed although a build had soaked before it ended: because no gatekeeper
 * looked (W08), or because of what the gate then said. It is never made up for outside the window.
 */
export async function planMissedWindow(view: View, environment: EnvironmentPolicy, draft: Draft): Promise<void> {
  const build = environment.window === null || environment.after === null ? null : nextBuild(view, environment);
  if (build === null) return;
  const calendars = await view.calendars();
  const opening = openingsIn({ policy: view.policy.sealed.value, calendars, environment }, view.at - lookBack, view.at).findLast(({ to }) => to <= view.at);
  if (opening === undefined || !wasMeant(view.state, environment, opening) || !wasReady(view.state, environment, build, opening)) return;
  const within = (at: number): boolean => at >= opening.from && at < opening.to;
  if (promotionsTo(view.state, environment.name).some(({ at }) => within(at))) return;
  const key = `window-missed:${environment.name}:${opening.from}`;
  if (view.ledger.entries.some((entry) => entry.key === key)) return;
  const instants = { from: new Date(opening.from).toISOString(), to: new Date(opening.to).toISOString() };
  draft.record({ key, body: { type: 'window-missed', environment: environment.name, build, ...instants, reason: whyMissed(view.state, environment.name, within) } });
}

/** Where a release manager names the opening, only the one that was named can be missed. */
function wasMeant(state: LedgerState, { name, promote }: EnvironmentPolicy, { from, to }: Interval): boolean {
  const schedule = scheduleIn(state, name);
  return schedule === null ? promote === 'automatic' : schedule.from < to && schedule.to > from;
}

function wasReady(state: LedgerState, { after }: EnvironmentPolicy, build: string, { to }: Interval): boolean {
  const staged = after === null ? undefined : promotionsTo(state, after.environment).findLast((promotion) => promotion.build === build && promotion.end?.outcome === 'succeeded');
  return staged?.end != null && after !== null && Date.parse(staged.end.endedAt) + after.soakSeconds * 1000 < to;
}

function whyMissed(state: LedgerState, environment: string, within: (at: number) => boolean): string {
  const made = state.decisions.findLast((one) => decidesRelease(one, environment) && within(one.at));
  const said = made === undefined ? undefined : decisionSchema.safeParse(made.decision);
  const objection = said?.success === true ? said.data.rules.find(({ outcome }) => outcome !== 'allow') : undefined;
  return objection === undefined ? 'No gatekeeper run came to a decision while it was open.' : objection.summary;
}
