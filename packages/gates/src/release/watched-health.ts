import type { Instant } from '@sallyport/calendar';
import type { HealthPolicy } from '@sallyport/policy';
import { ascending } from '../ascending.ts';
import type { ProbeFact, ProbesFact } from '../facts/probe-facts.ts';
import { cutShort, missingFact } from '../ruling.ts';
import type { Finding } from '../ruling.ts';

/** How an environment that is watched has been since its deploy succeeded. */
export type WatchedHealth =
  /** `since`: the beginning of the stretch without an unhealthy probe or a silence that goes on. `probe`: the last one; null before the first. */
  | { readonly state: 'healthy'; readonly since: Instant; readonly probe: ProbeFact | null }
  | { readonly state: 'unhealthy'; readonly probe: ProbeFact }
  /** Nothing was heard since `lastAt`, for longer than `longestSeconds`. */
  | { readonly state: 'silent'; readonly lastAt: Instant; readonly longestSeconds: number }
  | { readonly state: 'unknown'; readonly finding: Finding };

/** A probe may come late, or be dropped once; two in a row may not. */
export const longestIn = ({ everySeconds }: HealthPolicy): number => 2 * everySeconds;

/**
 * Reads the probes of `environment` from `deployedAt` to `at`. A probe speaks for the moment in which it ended, and only if it began
 * after the deploy had succeeded; the deploy's success begins the first stretch.
 */
export function watchedHealth(environment: string, health: HealthPolicy, probes: ProbesFact | undefined, { deployedAt, at }: { readonly deployedAt: Instant; readonly at: Instant }): WatchedHealth {
  const missing = (why: string): WatchedHealth => ({ state: 'unknown', finding: missingFact(`What the probes of ${environment} found`, why) });
  if (probes === undefined) return missing('it was not gathered');
  if (probes.environment !== environment || probes.workflow !== health.workflow) return missing(`what was read is about ${probes.environment}, by ${probes.workflow}`);
  if (!probes.found.complete) return { state: 'unknown', finding: cutShort(`probes of ${environment}`, probes.found.missing) };

  const longestSeconds = longestIn(health);
  // Health is not believed ahead of time; of what ended together, the worse is heard last.
  const heard = ascending(probes.found.items.filter(({ startedAt, endedAt, healthy }) => startedAt >= deployedAt && (endedAt <= at || !healthy)), ({ endedAt, healthy }) => 2 * endedAt + (healthy ? 0 : 1));
  const last = heard.at(-1) ?? null;
  if (last?.healthy === false) return { state: 'unhealthy', probe: last };
  const lastAt = last?.endedAt ?? deployedAt;
  if (at - lastAt > longestSeconds * 1000) return { state: 'silent', lastAt, longestSeconds };
  return { state: 'healthy', since: stretchBegins(heard, deployedAt, longestSeconds * 1000), probe: last };
}

function stretchBegins(heard: readonly ProbeFact[], deployedAt: Instant, longest: number): Instant {
  let since = deployedAt;
  let lastAt = deployedAt;
  let broken = false;
  for (const { endedAt, healthy } of heard) {
    if (healthy && (broken || endedAt - lastAt > longest)) since = endedAt;
    broken = !healthy;
    lastAt = endedAt;
  }
  return since;
}
