import { describeInstant } from '@sallyport/calendar';
import type { Interval } from '@sallyport/calendar';
import { zoneOf } from '@sallyport/gates';
import type { EnvironmentPolicy, Policy } from '@sallyport/policy';
import { lastSucceeded, openPromotions } from '../ledger-state.ts';
import type { LedgerState } from '../ledger-state.ts';
import { describeToNothing } from '../tries.ts';
import { holdsIn, scheduleIn } from './standing-commands.ts';

type Context = {
  readonly policy: Policy;
  readonly state: LedgerState;
  readonly openings: (environment: EnvironmentPolicy) => readonly Interval[];
};

/** Where each environment stands, a sentence or two each. */
export const statusText = (context: Context): string => context.policy.environments.map((environment) => environmentText(context, environment)).join('\n');

function environmentText({ policy, state, openings }: Context, environment: EnvironmentPolicy): string {
  const { name } = environment;
  const zone = zoneOf(policy, environment);
  const running = lastSucceeded(state, name);
  const [opening] = environment.window === null ? [] : openings(environment);
  const nothing = describeToNothing(state, name);
  const schedule = scheduleIn(state, name);
  return [
    running === null ? `${name} runs nothing yet.` : `${name} runs ${running.version}, by promotion ${running.number}.`,
    ...openPromotions(state, name).map(({ number, version }) => `Promotion ${number} of ${version} is under way.`),
    ...(nothing === null ? [] : [nothing.what, nothing.next]),
    ...holdsIn(state, name).map(({ owner, reason }) => `${owner.login} holds it: ${reason}.`),
    ...(schedule === null ? [] : [`${schedule.by.login} scheduled it for ${describeInstant(schedule.from, zone)}.`]),
    ...(opening === undefined ? [] : [`The next opening is ${describeInstant(opening.from, zone)} to ${describeInstant(opening.to, zone)}.`]),
  ].join(' ');
}
