import type { Interval } from '@sallyport/calendar';
import type { RecordedPromotion } from '../ledger-state.ts';
import type { ChangeEvidence, Deployment } from './deployment.ts';
import { secondsBetween } from './iso.ts';
import { valueOf } from './recorded.ts';
import type { DeliveryFigures } from './report.ts';

export type DeliveryQuestion = {
  readonly period: Interval;
  /** Rows of the period. */
  readonly deployments: readonly Deployment[];
  /** Everything ever intended for the environment, by number: a recovery may come after the period. */
  readonly promotions: readonly RecordedPromotion[];
};

/** Delivery performance by the five measures of DORA (https://dora.dev/guides/dora-metrics/), as far as the ledger can tell. */
export function deliveryFigures({ period, deployments, promotions }: DeliveryQuestion): DeliveryFigures {
  const deployed = deployments.filter(({ production }) => reached(production));
  const failures = deployed.flatMap((row) => failureOf(row, promotions) ?? []);
  const succeeded = deployed.filter(({ production: { outcome } }) => outcome === 'succeeded');
  const recoveries = failures.flatMap(({ recoveredAt, failedAt }) => (recoveredAt === null ? [] : [secondsBetween(failedAt, recoveredAt)]));
  const days = (period.to - period.from) / 86_400_000;
  return {
    deployments: deployed.length,
    leadTime: leadTime(succeeded),
    frequency: { succeeded: succeeded.length, days: hundredths(days), perWeek: days === 0 ? 0 : hundredths((succeeded.length / days) * 7) },
    recovery: { failures: failures.length, recovered: recoveries.length, time: spanOf(recoveries) },
    changeFail: { count: failures.length, of: deployed.length },
    rework: { count: deployed.filter(({ kind }) => kind !== 'normal').length, of: deployed.length },
  };
}

const reached = ({ outcome }: { readonly outcome: string }): boolean => outcome === 'succeeded' || outcome === 'failed';

type Parts = { readonly total: number; readonly work: number; readonly staging: number; readonly waiting: number; readonly deploying: number };

function leadTime(rows: readonly Deployment[]): DeliveryFigures['leadTime'] {
  const changes = rows.filter(({ kind }) => kind !== 'rollback').flatMap((row) => (valueOf(row.changes) ?? []).map((change) => partsOf(row, change)));
  const counted = changes.flatMap((parts) => parts ?? []);
  const span = (part: keyof Parts) => spanOf(counted.map((parts) => parts[part]));
  return { changes: counted.length, notCounted: changes.length - counted.length, total: span('total'), work: span('work'), staging: span('staging'), waiting: span('waiting'), deploying: span('deploying') };
}

/** The way of one change, in parts that add up to the whole; null when a time is not recorded, or they are out of order. */
export function partsOf({ staging, production }: Pick<Deployment, 'staging' | 'production'>, change: Pick<ChangeEvidence, 'firstPushAt' | 'merge'>): Parts | null {
  const [pushed, ended] = [valueOf(change.firstPushAt), valueOf(production.endedAt)];
  if (pushed === null || ended === null) return null;
  const [pushedAt, mergedAt, startAt, endedAt] = [pushed, change.merge.at, production.intendedAt, ended].map((text) => Math.round(Date.parse(text) / 1000)) as [number, number, number, number];
  if (pushedAt > mergedAt || mergedAt > startAt || startAt > endedAt) return null;
  const soaked = valueOf(staging);
  const soakedAt = soaked === null ? mergedAt : Math.round(Date.parse(soaked.healthySince) / 1000) + (valueOf(soaked.requiredSeconds) ?? 0);
  const readyAt = Math.min(Math.max(soakedAt, mergedAt), startAt);
  return { total: endedAt - pushedAt, work: mergedAt - pushedAt, staging: readyAt - mergedAt, waiting: startAt - readyAt, deploying: endedAt - startAt };
}

/** A deployment that failed, or that the next one to reach the environment rolled back; null for any other. */
function failureOf({ number, production }: Deployment, promotions: readonly RecordedPromotion[]): { readonly failedAt: number; readonly recoveredAt: number | null } | null {
  const later = promotions.filter((one) => one.number > number && (one.end === null || reached(one.end)));
  const ended = valueOf(production.endedAt);
  const failed = production.outcome === 'failed' || later[0]?.rollback !== undefined;
  if (!failed || ended === null) return null;
  const recovery = later.find(({ end }) => end?.outcome === 'succeeded')?.end;
  return { failedAt: Date.parse(ended), recoveredAt: recovery == null ? null : Date.parse(recovery.endedAt) };
}

export function spanOf(values: readonly number[]): { readonly medianSeconds: number | null; readonly longestSeconds: number | null } {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return { medianSeconds: low === undefined || high === undefined ? null : Math.round((low + high) / 2), longestSeconds: sorted.at(-1) ?? null };
}

const hundredths = (value: number): number => Math.round(value * 100) / 100;
