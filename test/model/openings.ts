import type { World } from './world.ts';

/** A part of an opening: an ordinary step, once, or again and again until something has come to pass. */
export type Part = { readonly what: string; readonly n: number; readonly m: number; readonly until: ((world: World) => boolean) | null };

const once = (what: string, n = 0, m = 0): Part => ({ what, n, m, until: null });
/** `n` and `m` are such that nothing fails on the way. */
const goOnUntil = (until: (world: World) => boolean): Part => ({ what: 'goOn', n: 1, m: 1, until });

const staged = goOnUntil(({ truth, unswept }) => truth.environments.staging.build !== null && !unswept);
const released = (builds: number): Part => goOnUntil(({ truth, unswept }) => truth.environments.production.ran.size >= builds && !unswept);
const tested = goOnUntil(({ truth }) => [...truth.pulls.values()].some(({ merged, pushes, tested: results }) => !merged && results.has(pushes.at(-1)?.sha ?? '')));
const approved = goOnUntil(({ truth }) => [...truth.pulls.values()].some(({ merged, reviews }) => !merged && reviews.length > 0));
const landed = goOnUntil(({ truth }) => truth.main.length > 1);
const landedOnTop = goOnUntil(({ truth }) => truth.main.at(-1)?.pull !== null);

const [fiveBeforeOpening, anHourIn, twelveBeforeClosing] = [0, 2, 4];
const [nextWindow, windowAfter] = [0, 1];
const [beforeFreeze, inFreeze] = [0, 2];
/** After the end of the soak. */
const itsExpiry = 1;
const [justThere, aSecondBefore] = [0, 1];
const [byRika, byLea, byMallory, byBen] = [0, 0, 0, 2];
const byRikaToOneThatRan = 4;
const inFailure = 0;
const [unreadableHolds, unreadablePushes] = [3, 10];
const leaAsks = 1;
const byTrudy = 1;
const lessThanAllowed = 1;
const [intoAnotherReason, intoBlock] = [0, 1];
const overrideAskedFor = [once('requestOverride', byRika), once('approveOverride', byLea)];

/**
 * Where a story begins. Each is played step by step through the product, like everything after it, and judged like it. Without them
 * hardly a story gets to where two things can go wrong at once. Stories take them by turns, in this order.
 */
export const openings: Readonly<Record<string, readonly Part[]>> = {
  'an empty shop': [],
  'an override is asked for in the freeze': [staged, once('toFreeze', inFreeze), ...overrideAskedFor],
  'a promotion under an override has waited until that expired': [staged, ...overrideAskedFor, once('sweep'), once('toAnEdge', itsExpiry, justThere)],
  'a gatekeeper died between intent and tag': [staged, once('toWindow', anHourIn, nextWindow), once('overtaken')],
  'a change was pushed to after it was approved': [approved, once('push', 0, byMallory)],
  'whoever pushed last approves a change': [tested, once('push', 0, byBen), tested, once('review')],
  'two builds have been in production': [released(2)],
  'a build has soaked, minutes before the window closes': [staged, once('toWindow', twelveBeforeClosing, nextWindow)],
  'a gatekeeper died between intent and tag, and then everything is held': [staged, once('toWindow', anHourIn, nextWindow), once('overtaken'), once('hold', byRika)],
  'a build has soaked, and the window opens into the freeze': [staged, once('toWindow', fiveBeforeOpening, windowAfter)],
  'somebody pushed to main by hand': [staged, once('directPush'), landedOnTop],
  'a build has soaked, minutes before the window, and everything is on hold': [staged, once('toWindow', fiveBeforeOpening, nextWindow), once('hold', byRika)],
  'the deploy of a rollback failed': [released(2), once('askForRollback', 0, byRikaToOneThatRan), once('sweep'), once('start'), once('end', 0, inFailure)],
  'a build is registered, and the clock of the gatekeeper is days off': [landed, once('goOn', 1, 1), once('sweepWithWrongClock')],
  'a deploy starts, and holds cannot be read': [landed, once('goOn', 1, 1), once('sweep'), once('start', 0, unreadableHolds)],
  'a lead asks for an override and approves it herself': [staged, once('requestOverride', leaAsks), once('approveOverride', byLea)],
  'what a lead said on an override is edited': [staged, once('requestOverride', byRika), once('editComment'), once('editComment')],
  'a build of a commit that has not landed': [tested, once('registerAny', 0, 1)],
  'the merge gate cannot read who pushed': [approved, once('judge', 0, unreadablePushes)],
  'a change is tested': [tested],
  'a change is approved': [approved],
  'a build soaks in staging': [staged],
  'a build has soaked, minutes before the window': [staged, once('toWindow', fiveBeforeOpening, nextWindow)],
  'a promotion under an override waits for its start, and the freeze begins': [staged, once('toFreeze', beforeFreeze), ...overrideAskedFor, once('sweep'), once('toFreeze', inFreeze)],
  'an override was granted while everything is on hold, and is about to expire': [staged, once('hold', byRika), ...overrideAskedFor, once('sweep'), once('toAnEdge', itsExpiry, aSecondBefore)],
  'a promotion under an override waits for its start': [staged, ...overrideAskedFor, once('sweep')],
  'a build is in production': [released(1)],
  'an override is asked for by the form, and a lead approves it': [staged, once('sendForm', byRika), once('approveOverride', byLea)],
  'a form asks for less than the policy allows, and a lead approves it': [staged, once('sendForm', byRika, lessThanAllowed), once('approveOverride', byLea)],
  'a form was changed after it was sent': [staged, once('sendForm', byRika), once('editRequest', 0, intoAnotherReason)],
  'an outsider sends the form': [staged, once('sendForm', byTrudy)],
  'a request was changed, and a lead approves it': [staged, once('requestOverride', byRika), once('editRequest', 0, intoBlock), once('approveOverride', byLea)],
  'a command asks for an override': [staged, once('overrideByCommand', byRika), once('sweep'), once('approveOverride', byLea)],
  'a rollback is asked for': [released(2), once('askForRollback', 0, byRikaToOneThatRan)],
  'an override expired while everything was on hold, and that is over': [staged, once('hold', byRika), ...overrideAskedFor, once('sweep'), once('toAnEdge', itsExpiry, justThere), once('resume')],
};

const names = Object.keys(openings);

/** The opening of the story with this seed. */
export const openingOf = (seed: number): string => names[seed % names.length] ?? '';
