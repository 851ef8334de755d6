import { describeInstant } from '@sallyport/calendar';
import { duration } from '../wording.ts';
import type { WatchedHealth } from './watched-health.ts';

/** What the probes say against an environment, in a sentence. */
export const whyNotHealthy = (watched: Extract<WatchedHealth, { readonly state: 'unhealthy' | 'silent' }>, { environment, zone }: { readonly environment: string; readonly zone: string }): string =>
  watched.state === 'unhealthy'
    ? `${environment} is not healthy: the probe of run ${watched.probe.run} failed, ${describeInstant(watched.probe.endedAt, zone)}.`
    : `Nothing was heard from the probes of ${environment} since ${describeInstant(watched.lastAt, zone)}, more than ${duration(watched.longestSeconds)}.`;
