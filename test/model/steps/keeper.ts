import { hold } from '../oracle/law-broken.ts';
import { run, saw, startRun, sweeping } from '../world.ts';
import type { RunOptions, World } from '../world.ts';
import { choose } from './step.ts';
import type { Step } from './step.ts';
import type { Trouble } from '../wire.ts';

export async function sweepOnce(world: World, options: RunOptions = {}): Promise<string> {
  const end = await run(world, sweeping, options);
  if (end.how === 'ended' && end.said === 'swept' && options.trouble === undefined) world.unswept = false;
  else world.unswept = true;
  saw(world, `sweep ${end.how}`);
  // Nobody else was at it, so what it looked at again and again was its own doing.
  hold('L7', !end.said.startsWith('unsettled'), () => `a sweep that was alone did not come to rest: ${end.said}`);
  return `a sweep ${end.how === 'ended' ? `ends: ${end.said}` : `${end.how} ${end.said}`}${describeTrouble(options)}`;
}

export const describeTrouble = ({ trouble, clockErrorMilliseconds }: RunOptions): string => {
  const clock = clockErrorMilliseconds === undefined ? '' : ` (its machine's clock is ${clockErrorMilliseconds / 3_600_000} hours off)`;
  switch (trouble?.kind) {
    case undefined:
    case 'none':
      return clock;
    case 'dies':
      return ` (it was to die at write ${trouble.write}, ${trouble.moment === 'before' ? 'before it left' : trouble.moment === 'late' ? 'which arrives later' : 'after it was done'})${clock}`;
    case 'write-fails':
      return ` (write ${trouble.write} was answered 502, ${trouble.effect})${clock}`;
    case 'reads-fail':
      return ` (${String(trouble.path)} could not be read)${clock}`;
    case 'pauses':
      return ` (it was held at write ${trouble.write})${clock}`;
    default:
      return trouble satisfies never;
  }
};

export const sweep: Step = (world) => sweepOnce(world);

const moments = ['before', 'late', 'after'] as const;

/** A promotion's life has eight writes; up to nine are tried. */
export const sweepThatDies: Step = (world, { n, m }) => sweepOnce(world, { trouble: { kind: 'dies', write: 1 + (n % 9), moment: choose(moments, m) } });

/** It dies where a promotion may be intended and have no tag yet, and what usually comes next is that somebody holds everything. */
export const overtaken: Step = async (world, { n }) => {
  const died = await sweepOnce(world, { trouble: { kind: 'dies', write: choose([4, 7, 10], n), moment: 'before' } });
  world.overtaken = true;
  return died;
};

export const sweepThatFails: Step = (world, { n, m }) => sweepOnce(world, { trouble: { kind: 'write-fails', write: 1 + (n % 9), effect: m % 2 === 0 ? 'done' : 'undone' } });

/** What the gatekeeper reads, by what may not follow when it cannot. */
export const readings = {
  'the policy': /\/contents\//,
  holds: /\/issues$/,
  tags: /\/git\/matching-refs\//,
  ledger: /\/git\/(?:ref|trees)\//,
  'how commits landed': /\/commits\//,
  'what lies between': /\/compare\//,
  teams: /\/memberships\//,
  comments: /\/comments$/,
  deploys: /\/actions\/runs$/,
  roles: /\/permission$/,
  repository: /^\/repos\/acme\/shop$/,
  'what was edited': /^\/graphql$/,
} as const satisfies Record<string, RegExp>;
const unreadable = Object.values(readings) as [RegExp, ...RegExp[]];

export const sweepInFog: Step = (world, { n }) => sweepOnce(world, { trouble: { kind: 'reads-fail', path: choose(unreadable, n) } });

const hours = (count: number): number => count * 3_600_000;

export const sweepWithWrongClock: Step = (world, { n }) => sweepOnce(world, { clockErrorMilliseconds: choose([hours(72), hours(-72), hours(24), hours(4)], n) });

/** Two gatekeepers at once: one is held at a write, the other starts and is held too; then the first goes on to its end, and the second. */
export const twoSweeps: Step = async (world, { n, m }) => {
  const held = (write: number): Trouble => ({ kind: 'pauses', write });
  const one = startRun(world, sweeping, { trouble: held(1 + (n % 9)) });
  await Promise.race([one.wire.paused, one.ended]);
  const other = startRun(world, sweeping, { trouble: held(1 + (m % 9)) });
  await Promise.race([other.wire.paused, other.ended]);
  await one.wire.resume();
  const first = await one.ended;
  await other.wire.resume();
  const second = await other.ended;
  world.lastRun = null;
  world.unswept = true;
  if (one.wire.struck() && other.wire.struck()) saw(world, 'two sweeps held in each other');
  return `two sweeps at once, held at write ${1 + (n % 9)} and ${1 + (m % 9)}: one ${first.how} ${first.said}, the other ${second.how} ${second.said}`;
};

/** The last write of a run that died arrives at last. */
export const lateWrite: Step = async (world) => {
  const wire = world.late.shift();
  if (wire === undefined) return null;
  await wire.resume();
  world.lastRun = { trouble: { kind: 'none' }, struck: false, clockErrorMilliseconds: 0, lateWrite: true };
  world.unswept = true;
  saw(world, 'late write');
  return `what a dead run wrote last arrives: ${wire.writes().at(-1) ?? ''}`;
};
