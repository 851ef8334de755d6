import { endsAt, freeze, saturdays, soakMilliseconds } from '../policies.ts';
import type { World } from '../world.ts';
import { choose, clockText, pick } from './step.ts';
import type { Step } from './step.ts';

const minute = 60_000;

function moveTo({ shop }: World, at: number): string | null {
  if (at <= shop.now() || at > endsAt) return null;
  shop.simulator.clock.set(at);
  return `the clock shows ${clockText(at)}`;
}

const said = (world: World, text: string | null): string | null => {
  if (text !== null) world.unswept = true;
  return text;
};

export const minutesPass: Step = (world, { n, m }) => said(world, moveTo(world, world.shop.now() + choose([1, 7, 20, 45, 61, 119], n) * minute * (1 + (m % 3))));

export const daysPass: Step = (world, { n }) => said(world, moveTo(world, world.shop.now() + (1 + (n % 3)) * 24 * 60 * minute));

/** To an edge of the calendar, of the soak, or of a grant, a second before or just there. */
export const toAnEdge: Step = (world, { n, m }, { entries }) => {
  const { healthySince } = world.truth.environments.staging;
  const now = world.shop.now();
  const edges = [...saturdays.flatMap(({ from, to }) => [from, to - 25 * minute, to - 12 * minute, to]), freeze.from, freeze.to, ...(healthySince === null ? [] : [healthySince + soakMilliseconds]), ...entries.filter(({ body }) => body.type === 'override-granted').map(({ body }) => Date.parse(String(body['expiresAt'])))].sort((one, other) => one - other);
  const ahead = edges.filter((at) => at - 1000 > now).slice(0, 4);
  const edge = pick(ahead, n);
  return edge === undefined ? null : said(world, moveTo(world, edge - (m % 2) * 1000));
};

/** To a moment of the next window, or of the one after it: before, in, and shortly before its end. */
export const toWindow: Step = (world, { n, m }) => {
  const window = pick(saturdays.filter(({ to }) => to > world.shop.now()).slice(0, 2), m);
  if (window === undefined) return null;
  const { from, to } = window;
  return said(world, moveTo(world, choose([from - 5 * minute, from, from + 60 * minute, to - 25 * minute, to - 12 * minute, to - 6 * minute], n)));
};

/** To an hour before the freeze, to its beginning, or into it. */
export const toFreeze: Step = (world, { n }) => said(world, moveTo(world, choose([freeze.from - 60 * minute, freeze.from, freeze.from + 60 * minute], n)));

/** To when production's turn may come: the end of the soak, and a Saturday that is no holiday. */
export function toNextChance(world: World): string | null {
  const { healthySince } = world.truth.environments.staging;
  const now = world.shop.now();
  const soaked = healthySince === null ? now : healthySince + soakMilliseconds;
  const opening = saturdays.find(({ from, to }) => to - 60 * minute > Math.max(now, soaked) && !(from >= freeze.from && from < freeze.to));
  if (opening === undefined) return null;
  const at = world.truth.policy === 'wide' ? soaked : Math.max(opening.from, soaked);
  return said(world, moveTo(world, at) ?? moveTo(world, now + 30 * minute));
}
