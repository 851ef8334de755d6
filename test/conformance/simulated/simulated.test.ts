import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startScene } from './scene.ts';
import type { Scene } from './scene.ts';
import { stories } from './stories.ts';
import { playStory } from './story.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await startScene();
});
afterAll(() => scene.stop());

describe('an attack carried out on a simulated GitHub', () => {
  // Each starts dozens of processes: on a busy machine that takes its time.
  it.each(stories)('$id $name', { timeout: 180_000 }, async (story) => {
    expect((await playStory(scene, story)).misses).toEqual([]);
  });

  it.each(stories)('$id is refused for the attack: without it, it may merge', ({ steps }) => {
    expect(steps.some((step) => 'asks' in step && step.expect.outcome === 'allow')).toBe(true);
  });
});
