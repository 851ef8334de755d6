import type { Interval } from '@sallyport/calendar';
import { createProver } from '@sallyport/ledger';
import { promotionsTo } from '../ledger-state.ts';
import { availabilityOf, windowsOf } from './availability.ts';
import { completenessExceptions, describeNumbers } from './completeness.ts';
import type { ShownOnGitHub } from './completeness.ts';
import { controls } from './controls.ts';
import { deliveryFigures } from './delivery-figures.ts';
import { describeDeployment } from './describe-deployment.ts';
import type { EvidenceRecord } from './evidence-record.ts';
import { rowExceptions } from './find-exceptions.ts';
import { iso } from './iso.ts';
import type { Outage } from './parse-outages.ts';
import { missedWindowExceptions } from './missed-windows.ts';
import { policyHistory } from './policy-history.ts';
import { notRecorded, recorded } from './recorded.ts';
import type { EvidenceException, EvidenceReport } from './report.ts';

export type EvidenceQuestion = {
  readonly environment: string;
  readonly period: Interval;
  /** The zone that months and dates count in. */
  readonly zone: string;
  /** null: no list of outages was given. */
  readonly outages: readonly Outage[] | null;
  /** null: GitHub was not asked. */
  readonly shown: ShownOnGitHub | null;
};

/**
 * The report on every promotion that was intended for an environment in a period, in the order of their numbers. A pure function of
 * the verified ledger and the question: no clock, no locale.
 */
export function buildEvidenceReport(record: EvidenceRecord, { environment, period, zone, outages, shown }: EvidenceQuestion): EvidenceReport {
  const { ledger, state } = record;
  const all = promotionsTo(state, environment);
  const asked = all.filter(({ at }) => at >= period.from && at < period.to);
  const proofOf = createProver(ledger);
  const deployments = asked.map((promotion) => describeDeployment(record, promotion, proofOf));
  const exceptions = [...deployments.flatMap((row) => rowExceptions(record, row, { period, zone })), ...completenessExceptions(record, environment, period, shown), ...missedWindowExceptions(record, environment, { period, zone })];
  const last = ledger.entries.at(-1);
  return {
    schema: 1,
    repository: repositoryOf(record),
    environment,
    period: { from: iso(period.from), to: iso(period.to), zone },
    ledger: { ...ledger.head, checkpoint: ledger.checkpoint, lastEntryAt: last === undefined ? null : iso(Date.parse(last.at)) },
    completeness: { intended: deployments.length, numbers: describeNumbers(all), ...countShown(shown, period) },
    exceptions: exceptions.toSorted(worstFirst),
    deployments,
    delivery: deliveryFigures({ period, deployments, promotions: all }),
    availability: outages === null ? notRecorded('outages are not in the ledger, and no list of them was given (--outages)') : recorded(availabilityOf({ zone, period, outages, windows: windowsOf(policyHistory(record), environment, period) })),
    controls,
  };
}

const offline = notRecorded('the ledger was read offline, so it was not compared with GitHub');

function countShown(shown: ShownOnGitHub | null, { from, to }: Interval): Pick<EvidenceReport['completeness'], 'tags' | 'deployments'> {
  if (shown === null) return { tags: offline, deployments: offline };
  const { tags, deployments } = shown;
  const counted = deployments.items.filter(({ createdAt }) => from <= createdAt && createdAt < to).length;
  return { tags: recorded(tags.length), deployments: deployments.complete ? recorded(counted) : notRecorded(deployments.missing) };
}

const weights: Readonly<Record<EvidenceException['weight'], number>> = { problem: 0, attention: 1 };

/** What has no time comes last of its weight. */
const worstFirst = (a: EvidenceException, b: EvidenceException): number => weights[a.weight] - weights[b.weight] || timeOf(a) - timeOf(b);
const timeOf = ({ at }: EvidenceException): number => (at === null ? Number.MAX_SAFE_INTEGER : Date.parse(at));

function repositoryOf({ state, promotionFacts, mergeFacts }: EvidenceRecord): EvidenceReport['repository'] {
  for (const made of state.decisions.toReversed()) {
    const repository = (promotionFacts(made) ?? mergeFacts(made))?.repository;
    if (repository !== undefined) return recorded(`${repository.owner}/${repository.name}`);
  }
  return notRecorded('no decision names it');
}
