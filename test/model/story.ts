import { setImmediate, setTimeout } from 'node:timers/promises';
import fc from 'fast-check';
import { LawBroken } from './oracle/law-broken.ts';
import { createRecordReader } from './record.ts';
import { createOracle } from './oracle/oracle.ts';
import { openingOf, openings } from './openings.ts';
import type { Part } from './openings.ts';
import { stepsOf, weights } from './steps/index.ts';
import { clockText } from './steps/step.ts';
import { saw, startWorld } from './world.ts';
import type { World } from './world.ts';

/** One step as it is drawn: what is done, and two numbers that choose among what it can be done to. */
export type DrawnStep = { readonly what: string; readonly n: number; readonly m: number };
export type Tale = { readonly lines: readonly string[]; readonly steps: number; readonly seen: ReadonlyMap<string, number> };

const drawnStep: fc.Arbitrary<DrawnStep> = fc.record({
  what: fc.oneof(...Object.entries(weights).map(([what, weight]) => ({ weight, arbitrary: fc.constant(what) }))),
  n: fc.nat({ max: 23 }),
  m: fc.nat({ max: 23 }),
});

/** Where it begins, which comes by turns, and what is drawn from there on. */
export type Story = { readonly opening: string; readonly steps: readonly DrawnStep[] };

/** Stories of so many steps at most, their openings not counted, for one seed. */
export const drawnStory = (seed: number, most: number): fc.Arbitrary<Story> => fc.noBias(fc.record({ opening: fc.constant(openingOf(seed)), steps: fc.array(drawnStep, { minLength: 1, maxLength: most, size: 'max' }) }));

/** An opening that takes longer than this is one that no longer leads where it should. */
const longestPart = 60;

/** What became of a story: where it broke a law, it ends with that. */
export type Played = Tale & { readonly broken: Error | null };

/** Plays a story from its beginning, and looks after every step whether the laws hold. Never throws for a broken law. */
export async function playStory({ opening, steps: drawn }: Story, onStep: () => void = () => undefined): Promise<Played> {
  const world = await startWorld();
  const record = createRecordReader(world.shop.repository);
  const oracle = createOracle(world, record);
  const steps = stepsOf(oracle.yes);
  const lines: string[] = [];
  const unmet: unknown[] = [];
  const meet = (error: unknown): void => void unmet.push(error);
  process.on('unhandledRejection', meet);
  const play = async ({ what, n, m }: DrawnStep): Promise<boolean> => {
    const step = steps.get(what);
    if (step === undefined) throw new Error(`There is no step ${what}.`);
    const at = clockText(world.shop.now());
    world.lastRun = null;
    const said = await within(stepLimitMilliseconds, `${at}  ${what} ${n} ${m}`, Promise.resolve(step(world, { n, m }, record)));
    if (said === null) return false;
    lines.push(`${at}  ${said}`);
    onStep();
    await within(stepLimitMilliseconds, `looking after “${said}”`, oracle.check());
    await setImmediate();
    // What a dead run leaves open is nobody's fault.
    if (unmet.length > 0 && ![...world.seen.keys()].some((seen) => seen.startsWith('died'))) throw new LawBroken('L5', `a run of ours left a failure that nobody meets, which would have ended its process: ${String(unmet[0])}`);
    return true;
  };
  try {
    for (const part of openings[opening] ?? []) await playPart(world, opening, part, () => play(part));
    saw(world, `opening: ${opening}`);
    for (const step of drawn) await play(step);
    await oracle.finish();
    return { lines, steps: lines.length, seen: world.seen, broken: null };
  } catch (error) {
    return { lines, steps: lines.length, seen: world.seen, broken: error instanceof Error ? error : new Error(String(error)) };
  } finally {
    await world.shop.stop();
    await setImmediate();
    process.off('unhandledRejection', meet);
  }
}

/** A step takes milliseconds. What waits for something that never comes would hold everything up, and say nothing. */
const stepLimitMilliseconds = 120_000;

async function within<T>(milliseconds: number, what: string, result: Promise<T>): Promise<T> {
  const stop = new AbortController();
  const tooLong = setTimeout(milliseconds, undefined, { signal: stop.signal }).then(() => {
    throw new Error(`This step has not ended within ${milliseconds / 1000} s: ${what}`);
  });
  tooLong.catch(() => undefined);
  try {
    return await Promise.race([result, tooLong]);
  } finally {
    stop.abort();
  }
}

async function playPart(world: World, opening: string, { what, until }: Part, play: () => Promise<boolean>): Promise<void> {
  if (until === null) {
    if (!(await play())) throw new Error(`The opening “${opening}” no longer leads where it should: there was nothing to ${what}.`);
    return;
  }
  for (let steps = 0; !until(world); steps += 1) {
    if (steps === longestPart) throw new Error(`The opening “${opening}” has not got anywhere in ${longestPart} steps.`);
    await play();
  }
}
