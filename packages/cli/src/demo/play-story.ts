import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSettableClock } from '@sallyport/simulator';
import { mismatchesOf } from './contract-report.ts';
import { openPullRequest, reviewAndMerge } from './acts/pull-request.ts';
import { furnish } from './furnish.ts';
import type { Material } from './furnish.ts';
import { declineOnWednesday } from './acts/closed-window.ts';
import { overrideOnThursday } from './acts/security-fix.ts';
import { mergeAndStage } from './acts/staging.ts';
import { tamperWithACopy } from './acts/tampering.ts';
import { releaseOnSaturday } from './acts/window.ts';
import type { Line, Narrator } from './narrator.ts';
import { pacific } from './pacific.ts';
import type { Record } from './questions.ts';
import { setScene } from './scene.ts';
import type { Scene } from './scene.ts';
import { recordedCases } from './recorded-cases.ts';
import type { Case } from './cases.ts';

export type StoryOptions = {
  /** Where the story's material lies, and the bundled actions. */
  readonly resources: Material & { readonly actions: string };
  readonly narrator: (now: () => number) => Narrator;
  /** Hold every exchange with the simulated GitHub against GitHub's own description. */
  readonly contract: boolean;
  /** Called between acts; waits for `--pace`. */
  readonly pause: () => Promise<void>;
  /** Called at the end while everything still runs, with `--keep`. */
  readonly keep: ((scene: Scene) => Promise<void>) | null;
};

export type Story = {
  /** Whether every expectation held. */
  readonly held: boolean;
  readonly lines: readonly Line[];
  /** Every decision, with the inputs it can be made from again. */
  readonly cases: readonly Case[];
  readonly record: Record | null;
  readonly contractMismatches: readonly string[];
};

/** Plays the week from pull request to production. Leaves nothing behind, also when it fails. */
export async function playStory(options: StoryOptions): Promise<Story> {
  const folder = await mkdtemp(join(tmpdir(), 'sallyport-demo-'));
  try {
    const { actions, ...material } = options.resources;
    const scene = await setScene({ folder, actions, keeper: 'sallyport-gatekeeper', narrator: options.narrator, contract: options.contract, clock: createSettableClock({ at: pacific('monday', '09:30') }) });
    try {
      await furnish(scene, material);
      return await playActs(scene, options);
    } finally {
      await scene.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function playActs(scene: Scene, { pause, keep }: StoryOptions): Promise<Story> {
  const change = await openPullRequest(scene);
  await pause();
  await reviewAndMerge(scene, change);
  await pause();
  const version = await mergeAndStage(scene, change.number);
  await pause();
  await declineOnWednesday(scene, version);
  await pause();
  await overrideOnThursday(scene);
  await pause();
  await releaseOnSaturday(scene);
  await pause();
  const record = await tamperWithACopy(scene);
  await keep?.(scene);
  const lines = scene.narrator.lines();
  const held = lines.every((line) => line.kind !== 'expectation' || line.held);
  return { held, lines, cases: [...scene.cases.all(), ...recordedCases(record)], record, contractMismatches: mismatchesOf(scene.simulator) };
}
