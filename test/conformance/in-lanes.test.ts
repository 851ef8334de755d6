import { expect, it } from 'vitest';
import { inLanes } from './in-lanes.ts';

it('gives results in the order of the items, whichever ends first', async () => {
  const ended: number[] = [];
  const results = await inLanes([30, 1, 2], ['a', 'b'], async (milliseconds) => {
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    ended.push(milliseconds);
    return milliseconds * 2;
  });
  expect(results).toEqual([60, 2, 4]);
  expect(ended).toEqual([1, 2, 30]);
});

it('lets a worker do one item at a time', async () => {
  const busy = new Map<string, number>();
  await inLanes([1, 2, 3, 4, 5], ['a', 'b'], async (_item, worker) => {
    busy.set(worker, (busy.get(worker) ?? 0) + 1);
    expect(busy.get(worker)).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 1));
    busy.set(worker, 0);
  });
});

it('ends with the first failure', async () => {
  await expect(inLanes([1], ['a'], async () => Promise.reject(new Error('no')))).rejects.toThrow('no');
});
