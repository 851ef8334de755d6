import { expect } from 'vitest';
import type { PolicyName } from '../policies.ts';
import { createBreaker } from './breaker.ts';
import type { Breaker, Call, Moment } from './breaker.ts';
import { changesSomething } from './name-call.ts';
import { maximumTurns, startCrashScene } from './scene.ts';
import type { CrashScene } from './scene.ts';

/** What is played again for every killing. It knows nothing but what is in the scene. */
export type Story = {
  readonly policy: PolicyName;
  /** What comes before, once. */
  readonly prepare?: (scene: CrashScene) => Promise<void>;
  /** Played until it is done, and once more after a turn in which a run was killed. */
  readonly turn: (scene: CrashScene, breaker: Breaker) => Promise<void>;
  readonly isDone: (scene: CrashScene) => boolean;
  /** Expects that everything is as it should be. */
  readonly expect: (scene: CrashScene) => Promise<void>;
  /** What a story leaves behind: with a killing the same as without. */
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

/** A turn as it was without a killing, and the way back to where it began. */
type Turn = { readonly goBack: () => void; readonly calls: readonly Call[] };

/** Plays the story once without a killing, and then for each call that it made so, with a killing there. Gives the names of the calls at which it was killed, in the order in which they are made. */
export async function killEverywhere(story: Story, { moment, at }: Killings): Promise<readonly string[]> {
  const scene = await startCrashScene(story.policy);
  try {
    await story.prepare?.(scene);
    const turns = await playUndisturbed(story, scene);
    const left = await end(story, scene);
    const kills = turns.flatMap(({ goBack, calls }) => calls.map((call) => ({ ...call, goBack, moment }))).filter(({ name }) => changesSomething(name) || (moment === 'before' && at === 'every call'));
    const known = new Set<string>();
    for (const kill of kills) await killAt(story, scene, kill, { known, left });
    return kills.map(({ name }) => name);
  } finally {
    await scene.stop();
  }
}

async function playUndisturbed(story: Story, scene: CrashScene): Promise<readonly Turn[]> {
  const turns: Turn[] = [];
  do {
    if (turns.length === maximumTurns) throw new Error(`Not done after ${maximumTurns} turns.`);
    const goBack = scene.remember();
    const breaker = createBreaker(null);
    await story.turn(scene, breaker);
    turns.push({ goBack, calls: breaker.calls });
  } while (!story.isDone(scene));
  return turns;
}

async function end(story: Story, scene: CrashScene): Promise<unknown> {
  await story.expect(scene);
  await scene.oracle.finish();
  return story.leaves?.(scene);
}

type Kill = Call & { readonly moment: Moment; readonly goBack: () => void };

async function killAt(story: Story, scene: CrashScene, { goBack, ...kill }: Kill, { known, left }: { readonly known: Set<string>; readonly left: unknown }): Promise<void> {
  const breaker = createBreaker(kill);
  try {
    goBack();
    await story.turn(scene, breaker);
    await breaker.settle();
    // It begins where the undisturbed turn began, so it comes by the same calls up to where it dies.
    expect(breaker.struck(), 'it never came there, so its calls differ from play to play').toBe(true);
    // A run knows nothing but what it reads: from the same state it goes on in the same way.
    const state = scene.describe();
    if (known.has(state)) return;
    await playUndisturbed(story, scene);
    expect(await end(story, scene)).toEqual(left);
    known.add(state);
  } catch (error) {
    throw new Error(`When killed ${kill.moment} call ${kill.nth} of ${kill.name} in its turn: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}
