import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startMergeScene } from './merge-scene.fixture.ts';
import type { MergeScene } from './merge-scene.fixture.ts';

let scene: MergeScene;
beforeAll(async () => {
  scene = await startMergeScene();
});
afterAll(() => scene.stop());

it.each(['/git/trees/', '/activity'])('a reading of %s that fails is one error that the asker meets, and no other that ends the process', async (part) => {
  const number = await scene.openPull(`change-${part.replaceAll('/', '-')}`, await scene.commitOn([await scene.tipOf('main')], [{ path: 'a.txt', content: `${part}\n` }]));
  const unmet: unknown[] = [];
  const meet = (error: unknown): void => void unmet.push(error);
  process.on('unhandledRejection', meet);
  const stop = scene.simulator.faults.add({ kind: 'server-error', when: ({ method, path }) => method === 'GET' && path.includes(part) });
  try {
    await expect(scene.gather(number)).rejects.toThrow('answered 502');
    await delay(50);
  } finally {
    stop();
    process.off('unhandledRejection', meet);
  }
  expect(unmet).toEqual([]);
});
