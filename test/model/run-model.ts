import fc from 'fast-check';
import { LawBroken } from './oracle/law-broken.ts';
import { drawnStory, playStory } from './story.ts';
import type { Played, Story } from './story.ts';

export type ModelOptions = {
  readonly seed: number;
  /** Replays one story instead of drawing new ones. */
  readonly path?: string;
  /** Enough, when either is reached. */
  readonly steps: number;
  readonly milliseconds: number;
  /** How long a story that broke a law is made smaller. 0: not at all. */
  readonly shrinkMilliseconds: number;
  readonly now: () => number;
  readonly onStep: (progress: { readonly steps: number; readonly stories: number }) => void;
};

/** A law that did not hold, with the smallest story that was found for it. `path` replays that story. */
export type ModelFailure = { readonly law: string; readonly message: string; readonly stack: string; readonly lines: readonly string[]; readonly seed: number; readonly path: string };

export type ModelReport = {
  readonly steps: number;
  readonly stories: number;
  readonly milliseconds: number;
  /** How often each thing worth seeing came to pass. */
  readonly seen: Readonly<Record<string, number>>;
  /** Steps until the first law was broken, all stories counted; null when none was. */
  readonly stepsToFailure: number | null;
  readonly failure: ModelFailure | null;
};

/** Part of what a seed draws: another length draws other stories. */
const longestStory = 50;

/** Plays stories until there are enough steps, or one breaks a law. The same seed draws the same stories. */
export async function runModel({ seed, path, steps: wanted, milliseconds, shrinkMilliseconds, now, onStep }: ModelOptions): Promise<ModelReport> {
  const startedAt = now();
  const seen = new Map<string, number>();
  let [steps, stories] = [0, 0];
  let failedAt: { readonly steps: number; readonly at: number } | null = null;
  let smallest: Played | null = null;

  const enough = (): boolean => (failedAt === null ? steps >= wanted || now() - startedAt >= milliseconds : now() - failedAt.at >= shrinkMilliseconds);
  const play = async (story: Story): Promise<void> => {
    if (enough()) return;
    const played = await playStory(story, () => {
      if (failedAt !== null) return;
      steps += 1;
      onStep({ steps, stories });
    });
    if (failedAt === null) {
      stories += 1;
      for (const [what, times] of played.seen) seen.set(what, (seen.get(what) ?? 0) + times);
    }
    if (played.broken === null) return;
    failedAt ??= { steps, at: now() };
    smallest = played;
    throw played.broken;
  };
  const check = (of: number) => fc.check(fc.asyncProperty(drawnStory(of, longestStory), play), { seed: of, numRuns: 1, endOnFailure: path !== undefined || shrinkMilliseconds === 0, ...(path === undefined ? {} : { path }) });
  // A seed of its own for each story, so that what is not played is not drawn either.
  let checked = await check(seed);
  for (let of = seed + 1; path === undefined && !checked.failed && !enough(); of += 1) checked = await check(of);
  return {
    steps,
    stories,
    milliseconds: now() - startedAt,
    seen: Object.fromEntries([...seen].sort(([one], [other]) => (one < other ? -1 : 1))),
    stepsToFailure: (failedAt as { readonly steps: number } | null)?.steps ?? null,
    failure: failureOf(smallest, checked.seed, checked.counterexamplePath),
  };
}

function failureOf(smallest: Played | null, seed: number, path: string | null): ModelFailure | null {
  if (smallest?.broken == null) return null;
  const { broken, lines } = smallest;
  return { law: broken instanceof LawBroken ? broken.law : broken.name, message: broken.message, stack: broken.stack ?? '', lines, seed, path: path ?? '' };
}

/** What a long run has to have seen, or it says nothing of the laws. */
const worthSeeing = [
  'merged',
  'admin merge past the gate',
  'direct push',
  'promotion to staging',
  'promotion to production',
  'promotion under an override',
  'promotion abandoned',
  'promotion failed',
  'rollback',
  'rollback carried out',
  'entry review-opened',
  'form accepted',
  'form refused',
  'override granted by a form',
  'entry override-requested',
  'deploy refused',
  'deploy run again',
  'died (before)',
  'died (late)',
  'died (after)',
  'late write',
  'write-fails',
  'reads-fail',
  'two sweeps held in each other',
];

export const neverSeen = (seen: Readonly<Record<string, number>>): readonly string[] => worthSeeing.filter((what) => (seen[what] ?? 0) === 0);
