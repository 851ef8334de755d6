import type { Octokit } from '@octokit/rest';

export type AskingAgain = {
  /** How often at most; a request can say so itself, with `retries`. */
  readonly times: number;
  /** Waits are 1, 4, 9 units. */
  readonly unitMilliseconds: number;
  readonly sleep: (milliseconds: number) => Promise<void>;
};

/**
 * Repeats what failed for no reason of its own: 5xx, and connections that break, which Octokit reports as 500. Limits are the
 * throttling plugin's. Stands in for Octokit's retry plugin, whose scheduler spends five milliseconds of timers on every request.
 */
export function askAgain(kit: Pick<Octokit, 'hook'>, { times, unitMilliseconds, sleep }: AskingAgain): void {
  kit.hook.wrap('request', async (request, options) => {
    const wanted: unknown = options.request?.['retries'];
    const most = typeof wanted === 'number' ? wanted : times;
    for (let count = 1; ; count += 1) {
      try {
        return await request(options);
      } catch (error) {
        if (count > most || !mayPass(error)) throw error;
        await sleep(count ** 2 * unitMilliseconds);
      }
    }
  });
}

const mayPass = (error: unknown): boolean => error instanceof Error && 'status' in error && typeof error.status === 'number' && error.status >= 500;
