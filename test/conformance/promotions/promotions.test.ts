import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { playPart } from '../parts/story.ts';
import { startPromotionScene } from './scene.ts';
import type { PromotionScene } from './scene.ts';
import { promotionStories } from './stories.ts';
import { onScene } from './story.ts';

let scene: PromotionScene;
beforeAll(async () => {
  scene = await startPromotionScene();
});
afterAll(() => scene.stop());

describe('an attack on a promotion, carried out on a simulated GitHub', () => {
  // Each goes through several sweeps: on a busy machine that takes its time.
  it.each(promotionStories(join(import.meta.dirname, '../../..')))('$id $name', { timeout: 180_000 }, async (story) => {
    expect((await playPart(onScene(scene, story))).misses).toEqual([]);
  });

  it('is held to the description of GitHub', () => {
    expect(scene.simulator.contractMismatches()).toEqual([]);
  });
});
