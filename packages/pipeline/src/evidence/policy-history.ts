import { zoneOf } from '@sallyport/gates';
import type { EnvironmentPolicy, Policy } from '@sallyport/policy';
import type { EvidenceRecord } from './evidence-record.ts';
import { policyDigest } from './evidence-record.ts';

/** A policy and since when decisions were made by it; the first one counts from the beginning. */
export type PolicyInForce = { readonly since: number; readonly policy: Policy };

/** The policies that decisions were made by, in order, neighbours different. A policy that this version cannot read is left out. */
export function policyHistory(record: EvidenceRecord): readonly PolicyInForce[] {
  const history: PolicyInForce[] = [];
  let last: string | null = null;
  for (const made of record.state.decisions) {
    const digest = policyDigest(made);
    const policy = digest === last ? null : record.policyOf(made);
    if (policy === null) continue;
    history.push({ since: history.length === 0 ? -Infinity : made.at, policy });
    last = digest;
  }
  return history;
}

export const environmentIn = (policy: Policy, name: string): EnvironmentPolicy | undefined => policy.environments.find((environment) => environment.name === name);

/** The zone that dates of a report count in: of the environment's window, by the last policy that names the environment; else UTC. */
export function reportZone(history: readonly PolicyInForce[], name: string): string {
  for (const { policy } of history.toReversed()) {
    const environment = environmentIn(policy, name);
    if (environment !== undefined) return zoneOf(policy, environment);
  }
  return 'UTC';
}
