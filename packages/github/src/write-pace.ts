/**
 * Lets writes through one after another, a burst at once and then no more than `perMinute`.
 * Source of the limit: GitHub Docs, "Rate limits for the REST API", secondary limits: 80 content-creating requests a minute (November 2026).
 * Shaped like the group of the throttling plugin that it stands in for: only `key().schedule()` is used there.
 */
export type WritePace = { key(id: string): { schedule<T>(options: unknown, job: () => Promise<T>): Promise<T> } };

export function createWritePace(perMinute: number, now: () => number, sleep: (milliseconds: number) => Promise<void>): WritePace {
  const starts: number[] = [];
  let last: Promise<void> = Promise.resolve();
  const turn = async (): Promise<void> => {
    const oldest = starts.length < perMinute ? undefined : starts.shift();
    if (oldest !== undefined) await sleep(Math.max(0, oldest + 60_000 - now()));
    starts.push(now());
  };
  return {
    key: () => ({
      schedule: async (_options, job) => {
        last = last.then(turn);
        await last;
        return job();
      },
    }),
  };
}
