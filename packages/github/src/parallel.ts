/**
 * Lets at most `limit` jobs run at once, in the order they came. Shaped like the group of the throttling plugin that it
 * stands in for, which spends five milliseconds of timers on every request.
 */
export type Parallel = { key(id: string): { schedule<A extends readonly unknown[], T>(options: unknown, job: (...args: A) => Promise<T>, ...args: A): Promise<T> } };

export function createParallel(limit: number): Parallel {
  const waiting: (() => void)[] = [];
  let running = 0;
  const enter = async (): Promise<void> => {
    if (running < limit) running += 1;
    // The one who leaves hands over its place, so `running` stays as it is.
    else await new Promise<void>((resolve) => waiting.push(resolve));
  };
  const leave = (): void => {
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  };
  return {
    key: () => ({
      schedule: async (_options, job, ...args) => {
        await enter();
        try {
          return await job(...args);
        } finally {
          leave();
        }
      },
    }),
  };
}
