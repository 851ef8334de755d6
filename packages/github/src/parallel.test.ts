import { expect, it } from 'vitest';
import { createParallel } from './parallel.ts';

it('runs no more than the limit at once, in order, and goes on after a failure', async () => {
  const group = createParallel(2).key('any');
  const started: number[] = [];
  let running = 0;
  let most = 0;
  const job = async (number: number): Promise<number> => {
    started.push(number);
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setImmediate(resolve));
    running -= 1;
    if (number === 1) throw new Error('broken');
    return number;
  };
  const ended = await Promise.allSettled([0, 1, 2, 3, 4].map((number) => group.schedule({}, job, number)));
  expect(ended.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled', 'fulfilled']);
  expect({ started, most }).toEqual({ started: [0, 1, 2, 3, 4], most: 2 });
});
