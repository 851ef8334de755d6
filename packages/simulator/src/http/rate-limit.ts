import type { Viewer } from '../auth/viewer.ts';

/** What one credential may still do in the running hour of simulated time. */
export type RateLimits = { headers(credential: string, viewer: Viewer, now: number, costs: boolean): Record<string, string>; exceeded(credential: string, viewer: Viewer, now: number): boolean };

const hourMilliseconds = 3_600_000;

/** Counts requests by credential: 5,000 an hour, 1,000 for a job's token (GitHub, "Rate limits for the REST API", November 2026). */
export function createRateLimits(): RateLimits {
  const windows = new Map<string, { startedAt: number; used: number }>();
  const limitOf = (viewer: Viewer): number => (viewer.kind === 'job' ? 1000 : 5000);
  const windowOf = (credential: string, now: number): { startedAt: number; used: number } => {
    const current = windows.get(credential);
    if (current !== undefined && now >= current.startedAt && now < current.startedAt + hourMilliseconds) return current;
    const fresh = { startedAt: now, used: 0 };
    windows.set(credential, fresh);
    return fresh;
  };
  return {
    exceeded: (credential, viewer, now) => windowOf(credential, now).used >= limitOf(viewer),
    headers: (credential, viewer, now, costs) => {
      const window = windowOf(credential, now);
      if (costs) window.used += 1;
      const limit = limitOf(viewer);
      return {
        'x-ratelimit-limit': String(limit),
        'x-ratelimit-remaining': String(Math.max(0, limit - window.used)),
        'x-ratelimit-used': String(window.used),
        'x-ratelimit-reset': String(Math.ceil((window.startedAt + hourMilliseconds) / 1000)),
        'x-ratelimit-resource': 'core',
      };
    },
  };
}
