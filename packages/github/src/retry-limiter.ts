type Failed = (error: unknown, info: { readonly args: readonly unknown[] }) => Promise<number | undefined>;

/**
 * Runs a job, and again after as many milliseconds as the listener for `failed` answers. Shaped like the limiter of the
 * throttling plugin that it stands in for; the plugin decides, this one waits.
 */
export type RetryLimiter = { on(event: 'failed', listener: Failed): void; schedule<A extends readonly unknown[], T>(job: (...args: A) => Promise<T>, ...args: A): Promise<T> };

export function createRetryLimiter(sleep: (milliseconds: number) => Promise<void>): RetryLimiter {
  let failed: Failed = () => Promise.resolve(undefined);
  return {
    on: (_event, listener) => {
      failed = listener;
    },
    async schedule(job, ...args) {
      for (;;) {
        try {
          return await job(...args);
        } catch (error) {
          const wait = await failed(error, { args });
          if (wait === undefined) throw error;
          await sleep(wait);
        }
      }
    },
  };
}
