import type { EnvironmentPolicy } from '@sallyport/policy';
import { driftIn, occupancyOf, openPromotions } from '../ledger-state.ts';
import type { ProbeRun } from '../ports.ts';
import type { Draft } from './draft.ts';
import type { View } from './view.ts';

/** The job of a probe that compares what the environment says it runs with the ledger. */
const driftJob = 'drift';
const lookBackMilliseconds = 24 * 60 * 60 * 1000;

/**
 * Records that the last probe found an environment running something else than was promoted there (P10): once, until a probe
 * finds it healthy again. While a promotion is under way nothing is said, because then it may run either.
 */
export async function planDrift({ outside: { probes }, state, at }: View, { name, health }: EnvironmentPolicy, draft: Draft): Promise<void> {
  const running = occupancyOf(state, name);
  if (health === undefined || running === null || openPromotions(state, name).length > 0 || draft.intends(name)) return;
  const since = Math.max(running.healthySince, at - lookBackMilliseconds);
  const listed = await probes.list(health.workflow, since);
  if (!listed.complete) draft.note({ code: 'probes-unreadable', message: `Not all probes of ${name} can be read: ${listed.missing}. Drift may go unseen.` });
  const heard = listed.items.filter(({ startedAt }) => startedAt >= since).sort(byEnd);
  const last = heard.at(-1);
  if (last === undefined || last.healthy) return;

  const failed = await probes.failedJobs(last.run, last.attempt);
  if ('unknown' in failed) {
    draft.note({ code: 'probes-unreadable', message: `Run ${last.run} found ${name} unhealthy, and why could not be read: ${failed.unknown}.` });
    return;
  }
  if (!failed.known.includes(driftJob)) return;
  draft.note({ code: 'drift', message: `${name} runs something else than promotion ${running.number} brought there: ${last.url} Find out who changed it. To set it right, let a newer build go, or ask for \`/rollback ${name} …\`.` });
  const recorded = driftIn(state, name);
  const healthyAt = heard.findLast(({ healthy }) => healthy)?.endedAt ?? null;
  // Without a healthy probe since, it is still the same drift.
  if (recorded !== null && (healthyAt === null || Date.parse(recorded.at) > healthyAt)) return;
  draft.record({ key: `drift:${name}:${last.run}:${last.attempt}`, body: { type: 'drift-found', environment: name, promotion: running.number, run: last.run, attempt: last.attempt, at: new Date(last.endedAt).toISOString() } });
}

const byEnd = (one: ProbeRun, other: ProbeRun): number => one.endedAt - other.endedAt || Number(other.healthy) - Number(one.healthy);
