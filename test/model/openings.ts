import type { World } from './world.ts';

/** A part of an opening: an ordinary step, once, or again and again until something has come to pass. */
export type Part = { readonly what: string; readonly n: number; readonly m: number; readonly until: ((world: World) => boolean) | null };

const once = (what: string, n = 0, m = 0): Part => ({ what, n, m, until: null });
/** `n` and `m` are such that nothing fails on the way. */
const goOnUntil = (until: (world: World) => boolean): Part => ({ what: 'goOn', n: 1, m: 1, until });

const staged = goOnUntil(({ truth, unswept }) => truth.environments.staging.build !== null && !unswept);
const released = (builds: number): Part => goOnUntil(({ truth, unswept }) => truth.environments.production.ran.size >= builds && !unswept);
const tested = goOnUntil(({ truth }) => [...truth.pulls.values()].some(({ pushes, tested: results }) => results.has(pushes.at(-1)?.sha ?? '')));
const approved = goOnUntil(({ truth }) => [...truth.pulls.values()].some(({ reviews }) => reviews.length > 0));

const fiveBeforeOpening = 0;
const twelveBeforeClosing = 4;
const [nextWindow, windowAfter] = [0, 1];
const [byRika, byLea] = [0, 0];
const overrideAskedFor = [once('requestOverride', byRika), once('approveOverride', byLea)];

/**
 * Where a story begins. Each is played step by step through the product, like everything after it, and judged like it. Without them
 * hardly a story gets to where two things can go wrong at once.
 */
export const openings: Readonly<Record<string, readonly Part[]>> = {
  'an empty shop': [],
  'a change is tested': [tested],
  'a change is approved': [approved],
  'a build soaks in staging': [staged],
  'a build has soaked, minutes before the window': [staged, once('toWindow', fiveBeforeOpening, nextWindow)],
  'a build has soaked, minutes before the window, and everything is on hold': [staged, once('toWindow', fiveBeforeOpening, nextWindow), once('hold', byRika)],
  'a build has soaked, minutes before the window closes': [staged, once('toWindow', twelveBeforeClosing, nextWindow)],
  'a build has soaked, and the window opens into the freeze': [staged, once('toWindow', fiveBeforeOpening, windowAfter)],
  'an override is asked for, and the freeze is near': [staged, once('toFreeze'), ...overrideAskedFor],
  'an override was granted while everything is on hold': [staged, once('hold', byRika), ...overrideAskedFor, once('sweep')],
  'a promotion under an override waits for its start': [staged, ...overrideAskedFor, once('sweep')],
  'a gatekeeper died between intent and tag': [staged, once('toWindow', 2, nextWindow), once('overtaken')],
  'somebody pushed to main by hand': [staged, once('directPush'), tested],
  'a build is in production': [released(1)],
  'two builds have been in production': [released(2)],
  'a rollback is asked for': [released(2), once('askForRollback', 0, 4)],
};

/** How often each is drawn, out of their sum; once, where nothing is said. Those that take long are worth it for what only they come to. */
export const openingWeights: Readonly<Record<string, number>> = { 'an empty shop': 3, 'two builds have been in production': 2 };
