import type { ProbesFact } from '@sallyport/gates';
import type { EnvironmentPolicy, Policy } from '@sallyport/policy';
import { occupancyOf } from './ledger-state.ts';
import type { LedgerState } from './ledger-state.ts';
import type { Probes } from './ports.ts';

/**
 * What the probes of the environment before `environment` found since it took what it runs, but not further back than a soak
 * needs; undefined where nobody probes it, or it runs nothing that could be healthy. `at`: now, in epoch milliseconds.
 */
export async function gatherProbes({ probes, policy, state, at }: { readonly probes: Probes; readonly policy: Policy; readonly state: LedgerState; readonly at: number }, { after }: EnvironmentPolicy): Promise<ProbesFact | undefined> {
  const health = after === null ? undefined : policy.environments.find(({ name }) => name === after.environment)?.health;
  const occupancy = after === null ? null : occupancyOf(state, after.environment);
  if (after === null || health === undefined || occupancy === null) return undefined;
  // A soak that begins with a probe begins at most one silence after this.
  const lookBack = (after.soakSeconds + 3 * health.everySeconds) * 1000;
  const { environment, healthySince } = occupancy;
  const listed = await probes.list(health.workflow, Math.max(healthySince, at - lookBack));
  return { environment, workflow: health.workflow, found: { ...listed, items: listed.items.map(({ run, attempt, startedAt, endedAt, healthy }) => ({ run, attempt, startedAt, endedAt, healthy })) } };
}
