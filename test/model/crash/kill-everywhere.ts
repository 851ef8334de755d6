import { expect } from 'vitest';
import { createBreaker } from './breaker.ts';
import type { Breaker, Call, Moment } from './breaker.ts';
import { changesSomething } from './name-call.ts';
import { startCrashScene } from './scene.ts';
import type { CrashScene } from './scene.ts';
import type { PolicyName } from '../policies.ts';

/** What is played again for every killing, always from the same place. */
export type Story = {
  readonly policy: PolicyName;
  /** What comes before, once. */
  readonly prepare?: (scene: CrashScene) => Promise<void>;
  /** Goes to its end also when the breaker strikes, and expects there that everything is as it should be. */
  readonly play: (scene: CrashScene, breaker: Breaker) => Promise<void>;
  /** What a play leaves behind: with a killing the same as without. */
  readonly leaves?: (scene: CrashScene) => Promise<unknown>;
};

export type Killings = {
  readonly moment: Moment;
  /** `changes` leaves out the calls that only read. */
  readonly at: 'every call' | 'changes';
};

/** `npm run crash` kills at every call; `npm test` only at those that change something, because between two of them nothing is left behind. */
export const howOften: Killings['at'] = process.env['SALLYPORT_CRASH'] === 'every-call' ? 'every call' : 'changes';

export const changesAmong = (names: readonly string[]): readonly string[] => names.filter(changesSomething);

/** Plays the story once without a killing, and then once for each call that it made so, with a killing there. Gives the names of the calls at which it was killed, in the order in which they are made. */
export async function killEverywhere(story: Story, { moment, at }: Killings): Promise<readonly string[]> {
  const scene = await startCrashScene(story.policy);
  try {
    await story.prepare?.(scene);
    const goBack = scene.remember();
    const playWith = async (breaker: Breaker): Promise<unknown> => {
      await story.play(scene, breaker);
      await scene.oracle.finish();
      await breaker.settle();
      const left = await story.leaves?.(scene);
      goBack();
      return left;
    };
    const undisturbed = createBreaker(null);
    const left = await playWith(undisturbed);
    const kills = undisturbed.calls.filter(({ name }) => changesSomething(name) || (moment === 'before' && at === 'every call'));
    for (const call of kills) await killAt({ ...call, moment }, playWith, left);
    return kills.map(({ name }) => name);
  } finally {
    await scene.stop();
  }
}

async function killAt(kill: Call & { readonly moment: Moment }, playWith: (breaker: Breaker) => Promise<unknown>, left: unknown): Promise<void> {
  const where = `killed ${kill.moment} call ${kill.nth} of ${kill.name}`;
  const breaker = createBreaker(kill);
  try {
    expect(await playWith(breaker)).toEqual(left);
  } catch (error) {
    throw new Error(`When ${where}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
  // Every play begins at the same place, so it comes by the same calls up to where it dies.
  if (!breaker.struck()) throw new Error(`It was to be ${where}, and never came there: its calls differ from play to play.`);
}
