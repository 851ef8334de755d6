import { dayMilliseconds } from '@sallyport/calendar';
import type { Interval } from '@sallyport/calendar';
import { decision as decisionSchema, mainObjection, readinessIn, zoneOf } from '@sallyport/gates';
import type { Readiness } from '@sallyport/gates';
import type { EnvironmentPolicy } from '@sallyport/policy';
import { gatherProbes } from '../gather-probes.ts';
import { decidesRelease, occupancyOf, promotionsTo, rollbackAsked } from '../ledger-state.ts';
import type { LedgerState } from '../ledger-state.ts';
import { openingsIn } from '../release/find-openings.ts';
import { scheduleIn } from '../release/standing-commands.ts';
import type { Draft } from './draft.ts';
import { nextBuild } from './plan-new-promotion.ts';
import type { View } from './view.ts';

/** Openings that ended longer ago are not looked for: a policy that is new has missed nothing. */
const lookBack = 8 * dayMilliseconds;

/**
 * Records, once, that the last opening of an environment passed although a build could have gone in it: because no gatekeeper looked (W08),
 * because of what the gate then said, or because the environment before was not healthy. It is never made up for outside the window.
 */
export async function planMissedWindow(view: View, environment: EnvironmentPolicy, draft: Draft): Promise<void> {
  const build = environment.window === null || environment.after === null ? null : nextBuild(view, environment);
  if (build === null) return;
  const calendars = await view.calendars();
  const opening = openingsIn({ policy: view.policy.sealed.value, calendars, environment }, view.at - lookBack, view.at).findLast(({ to }) => to <= view.at);
  if (opening === undefined || !wasMeant(view.state, environment, opening)) return;
  const within = (at: number): boolean => at >= opening.from && at < opening.to;
  if (promotionsTo(view.state, environment.name).some(({ at }) => within(at))) return;
  const key = `window-missed:${environment.name}:${opening.from}`;
  // Whether they overlap, not whether they begin at the same instant: of an opening that is longer than the days looked back on, the beginning is cut off a little later each time.
  if (view.state.missedWindows.some((one) => one.environment === environment.name && Date.parse(one.from) < opening.to && Date.parse(one.to) > opening.from)) return;
  const ready = await readiness(view, environment, build, opening);
  if (ready.state === 'soaking') return;
  if (ready.state === 'unknown') {
    draft.note({ code: 'probes-unreadable', message: `Whether ${environment.name} missed its opening of ${new Date(opening.from).toISOString()} is not known. ${ready.reason}` });
    return;
  }
  const instants = { from: new Date(opening.from).toISOString(), to: new Date(opening.to).toISOString() };
  const reason = ready.state === 'ready' ? whyMissed(view.state, environment.name, (at) => within(at) && at >= ready.at) : ready.reason;
  draft.record({ key, body: { type: 'window-missed', environment: environment.name, build, ...instants, reason } });
}

/** Where a release manager names the opening, only the one that was named can be missed. */
function wasMeant(state: LedgerState, { name, promote }: EnvironmentPolicy, { from, to }: Interval): boolean {
  const schedule = scheduleIn(state, name);
  return schedule === null ? promote === 'automatic' : schedule.from < to && schedule.to > from;
}

/** By its deploy, and by what the probes found where somebody looks. */
async function readiness(view: View, environment: EnvironmentPolicy, build: string, interval: Interval): Promise<Readiness> {
  const { state, outside: { probes }, policy: { sealed: { value: policy } } } = view;
  const { after } = environment;
  const staged = after === null ? undefined : promotionsTo(state, after.environment).findLast((promotion) => promotion.build === build && promotion.end?.outcome === 'succeeded');
  if (staged?.end == null || after === null) return { state: 'soaking' };
  const deployedAt = Date.parse(staged.end.endedAt);
  const readyAt = Math.max(interval.from, deployedAt + after.soakSeconds * 1000);
  if (readyAt >= interval.to) return { state: 'soaking' };
  const health = policy.environments.find(({ name }) => name === after.environment)?.health;
  // Something else was deployed there since, so nobody can tell by probes of now.
  const found = health === undefined || occupancyOf(state, after.environment)?.healthySince !== deployedAt ? undefined : await gatherProbes({ probes, policy, state, at: interval.from }, environment);
  if (health === undefined || found === undefined) return { state: 'ready', at: readyAt };
  return readinessIn({ environment: after.environment, health, probes: found, deployedAt, soakSeconds: after.soakSeconds, interval, zone: zoneOf(policy, environment) });
}

function whyMissed(state: LedgerState, environment: string, within: (at: number) => boolean): string {
  const made = state.decisions.findLast((one) => decidesRelease(one, environment) && rollbackAsked(one.facts) === null && within(one.at));
  const said = made === undefined ? undefined : decisionSchema.safeParse(made.decision);
  const objection = said?.success === true ? mainObjection(said.data) : null;
  return objection?.summary ?? 'No gatekeeper run came to a decision while it was open.';
}
