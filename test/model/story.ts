import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { LawBroken } from './oracle/law-broken.ts';
import { createRecordReader } from './record.ts';
import { createOracle } from './oracle/oracle.ts';
import { stepsOf, weights } from './steps/index.ts';
import { clockText } from './steps/step.ts';
import { startWorld } from './world.ts';

/** One step as it is drawn: what is done, and two numbers that choose among what it can be done to. */
export type DrawnStep = { readonly what: string; readonly n: number; readonly m: number };
export type Tale = { readonly lines: readonly string[]; readonly steps: number; readonly seen: ReadonlyMap<string, number> };

const drawnStep: fc.Arbitrary<DrawnStep> = fc.record({
  what: fc.oneof(...Object.entries(weights).map(([what, weight]) => ({ weight, arbitrary: fc.constant(what) }))),
  n: fc.nat({ max: 23 }),
  m: fc.nat({ max: 23 }),
});

/** Stories of so many steps at most. */
export const drawnStory = (most: number): fc.Arbitrary<readonly DrawnStep[]> => fc.noBias(fc.array(drawnStep, { minLength: 1, maxLength: most, size: 'max' }));

/** What became of a story: where it broke a law, it ends with that. */
export type Played = Tale & { readonly broken: Error | null };

/** Plays a story from its beginning, and looks after every step whether the laws hold. Never throws for a broken law. */
export async function playStory(story: readonly DrawnStep[], onStep: () => void = () => undefined): Promise<Played> {
  const world = await startWorld();
  const record = createRecordReader(world.shop.repository);
  const oracle = createOracle(world, record);
  const steps = stepsOf(oracle.yes);
  const lines: string[] = [];
  const unmet: unknown[] = [];
  const meet = (error: unknown): void => void unmet.push(error);
  process.on('unhandledRejection', meet);
  try {
    for (const { what, n, m } of story) {
      const step = steps.get(what);
      if (step === undefined) throw new Error(`There is no step ${what}.`);
      const at = clockText(world.shop.now());
      world.lastRun = null;
      const said = await step(world, { n, m }, record);
      if (said === null) continue;
      lines.push(`${at}  ${said}`);
      onStep();
      await oracle.check();
      await setImmediate();
      // What a dead run leaves open is nobody's fault.
      if (unmet.length > 0 && ![...world.seen.keys()].some((seen) => seen.startsWith('died'))) throw new LawBroken('L5', `a run of ours left a failure that nobody meets, which would have ended its process: ${String(unmet[0])}`);
    }
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
