import type { Instant, Interval } from '@sallyport/calendar';
import type { HealthPolicy } from '@sallyport/policy';
import { ascending } from '../ascending.ts';
import type { ProbesFact } from '../facts/probe-facts.ts';
import { whyNotHealthy } from './why-not-healthy.ts';
import { longestIn, watchedHealth } from './watched-health.ts';

/** Whether a build that an environment runs was ready, healthy for its whole soak, at some instant of an interval. */
export type Readiness =
  /** `at`: the first such instant. */
  | { readonly state: 'ready'; readonly at: Instant }
  /** Never ready, and not healthy for some of the interval; `reason` says when last, in a sentence. */
  | { readonly state: 'unhealthy'; readonly reason: string }
  /** Healthy all along, and its soak ended later. */
  | { readonly state: 'soaking' }
  | { readonly state: 'unknown'; readonly reason: string };

export type ReadinessQuestion = {
  readonly environment: string;
  readonly health: HealthPolicy;
  /** From before the interval by the soak and more, or since the deploy. */
  readonly probes: ProbesFact;
  readonly deployedAt: Instant;
  readonly soakSeconds: number;
  readonly interval: Interval;
  /** The zone that people read times in. */
  readonly zone: string;
};

/** Looks back at the health of an environment as the release gate would have seen it at each instant of `interval`, by what was found until then. */
export function readinessIn({ environment, health, probes, deployedAt, soakSeconds, interval, zone }: ReadinessQuestion): Readiness {
  if (!probes.found.complete) return { state: 'unknown', reason: `What the probes of ${environment} found is not known: ${probes.found.missing}.` };
  const { items } = probes.found;
  // What was not heard yet at an instant says nothing of it.
  const seenAt = (at: Instant) => watchedHealth(environment, health, { ...probes, found: { complete: true, items: items.filter(({ endedAt }) => endedAt <= at) } }, { deployedAt, at });
  const silent = 1000 * longestIn(health) + 1;
  const ends = [deployedAt, ...items.map(({ endedAt }) => endedAt)];
  const changes = ascending([...new Set([interval.from, ...ends, ...ends.map((at) => at + silent), interval.to - 1])].filter((at) => at >= interval.from && at < interval.to && at >= deployedAt), (at) => at);
  let reason: string | null = null;
  for (const [index, at] of changes.entries()) {
    const seen = seenAt(at);
    if (seen.state === 'unknown') return { state: 'unknown', reason: seen.finding.summary };
    if (seen.state !== 'healthy') {
      reason = whyNotHealthy(seen, { environment, zone });
      continue;
    }
    const readyAt = Math.max(at, seen.since + soakSeconds * 1000);
    // Until the next change nothing is heard, and it stays as it is.
    if (readyAt < (changes[index + 1] ?? interval.to)) return { state: 'ready', at: readyAt };
  }
  return reason === null ? { state: 'soaking' } : { state: 'unhealthy', reason };
}
