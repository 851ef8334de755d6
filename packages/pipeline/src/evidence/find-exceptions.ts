import type { Interval } from '@sallyport/calendar';
import type { Person } from '@sallyport/gates';
import type { Deployment, EmergencyEvidence } from './deployment.ts';
import type { EvidenceRecord } from './evidence-record.ts';
import { valueOf } from './recorded.ts';
import type { EvidenceException } from './report.ts';
import { when } from './report-text.ts';

type Found = Omit<EvidenceException, 'promotion' | 'at' | 'indexes'> & { readonly indexes?: readonly number[] };

/** Everything about one row that an auditor should not have to look for. */
export function rowExceptions(record: EvidenceRecord, row: Deployment, { period, zone }: { readonly period: Interval; readonly zone: string }): readonly EvidenceException[] {
  const found = [...decisionExceptions(row), ...changeExceptions(row), ...outcomeExceptions(row), ...emergencyExceptions(record, row, { until: period.to, zone }), ...rollbackExceptions(row)];
  return found.map(({ indexes = [row.proof.index], ...rest }) => ({ ...rest, promotion: row.number, at: row.production.intendedAt, indexes }));
}

const problem = (code: EvidenceException['code'], summary: string, indexes?: readonly number[]): Found => ({ code, weight: 'problem', summary, ...(indexes === undefined ? {} : { indexes }) });
const attention = (code: EvidenceException['code'], summary: string, indexes?: readonly number[]): Found => ({ ...problem(code, summary, indexes), weight: 'attention' });

/** `1.8.0 to production (#3)` */
const nameOf = ({ build, environment, number }: Deployment): string => `${valueOf(build)?.version ?? 'a build that is not registered'} to ${environment} (#${number})`;

function decisionExceptions(row: Deployment): readonly Found[] {
  const { production, proof } = row;
  if ('notRecorded' in production.decision) return [problem('decision-missing', `No decision allows ${nameOf(row)}: ${production.decision.notRecorded}.`, [production.index, proof.index])];
  if (isUnreadable(row)) return [problem('facts-unreadable', `What ${nameOf(row)} was decided on cannot be read: ${'notRecorded' in row.changes ? row.changes.notRecorded : ''}.`, [production.index])];
  const { uncovered } = production;
  if ('notRecorded' in uncovered) return [attention('uncovered-commits', `Whether everything that came with ${nameOf(row)} passed the merge gate is not recorded: ${uncovered.notRecorded}.`, [production.index])];
  return uncovered.recorded.length === 0 ? [] : [problem('uncovered-commits', `No merge decision covers ${uncovered.recorded.map((sha) => sha.slice(0, 12)).join(', ')}, which came with ${nameOf(row)}.`, [production.index])];
}

/** Everything that comes from the decision's facts is then missing for one and the same reason. */
const isUnreadable = ({ changes, production: { before, uncovered } }: Deployment): boolean =>
  'notRecorded' in changes && 'notRecorded' in before && 'notRecorded' in uncovered && changes.notRecorded === before.notRecorded && changes.notRecorded === uncovered.notRecorded;

function changeExceptions(row: Deployment): readonly Found[] {
  if ('notRecorded' in row.changes) return 'notRecorded' in row.production.decision || isUnreadable(row) ? [] : [problem('merge-decision-missing', `By which change ${nameOf(row)} came is not recorded: ${row.changes.notRecorded}.`)];
  return row.changes.recorded.flatMap(({ id, review, contributors }): readonly Found[] => {
    if ('notRecorded' in review) return [problem('merge-decision-missing', `How ${id}, which went with ${nameOf(row)}, was let in is not recorded: ${review.notRecorded}.`)];
    const { approvals, index } = review.recorded;
    const unknown = approvals.filter(({ person }) => 'notRecorded' in person).length;
    const parts = valueOf(contributors);
    const own = parts === null ? [] : approvals.flatMap(({ person }) => valueOf(person) ?? []).filter((person) => isAmong(person, parts));
    return [
      ...(approvals.length === 0 ? [problem('review-missing', `No counted approval of ${id} is recorded; it went with ${nameOf(row)}.`, [index])] : []),
      ...(unknown > 0 ? [problem('review-missing', `Who gave ${unknown === 1 ? 'an approval' : `${unknown} approvals`} of ${id} is not recorded.`, [index])] : []),
      ...('notRecorded' in contributors ? [problem('own-review', `Whether the reviewers of ${id} had a part in it is not known: ${contributors.notRecorded}.`, [index])] : []),
      ...own.map(({ login }) => problem('own-review', `${login} approved ${id} and contributed to it.`, [index])),
    ];
  });
}

const isAmong = ({ id }: Person, people: readonly Person[]): boolean => people.some((other) => other.id === id);

function outcomeExceptions(row: Deployment): readonly Found[] {
  const { outcome, says } = row.production;
  switch (outcome) {
    case 'succeeded':
      return [];
    case 'failed':
      return [attention('failed', `The deploy of ${nameOf(row)} failed: ${says}.`)];
    case 'abandoned':
      return [attention('abandoned', `${nameOf(row)} was intended and given up: ${says}.`)];
    case 'refused':
      return [attention('refused', `${nameOf(row)} was refused when its deploy asked to start: ${says}.`)];
    case 'not-started':
      return [problem('not-started', `No deploy of ${nameOf(row)} was seen: ${says}.`)];
    case 'unknown':
      return [problem('outcome-unknown', `What became of ${nameOf(row)} is not recorded: ${says}.`)];
    default:
      return outcome satisfies never;
  }
}

function rollbackExceptions(row: Deployment): readonly Found[] {
  if (row.rollback === null) return [];
  const { to, requester, reason } = row.rollback;
  return [attention('rollback', `${row.environment} went back to ${to} (#${row.number}), because ${requester.login} asked for it: ${reason}`)];
}

type Time = { /** The end of the report's time. */ readonly until: number; readonly zone: string };

function emergencyExceptions(record: EvidenceRecord, row: Deployment, time: Time): readonly Found[] {
  if (row.emergency === null) return [];
  if ('notRecorded' in row.emergency) return [problem('grant-missing', `${nameOf(row)} went under an override, and ${row.emergency.notRecorded}.`)];
  const emergency = row.emergency.recorded;
  const { override, requester, approvers, reason, waives, index } = emergency;
  const used = attention('override', `${nameOf(row)} went under override ${override}, which waived ${waives.join(' and ')}: requested by ${requester.login}, approved by ${approvers.map(({ login }) => login).join(', ')}. Reason: ${reason}`, [index, row.proof.index]);
  return [...coverageOf(record, row, override), ...independenceOf(row, emergency), ...followUpOf(row, emergency, time), used];
}

/** A grant covers one build, one environment, one promotion, until it expires (L4). */
function coverageOf({ state }: EvidenceRecord, row: Deployment, override: string): readonly Found[] {
  const grant = state.grants.get(override);
  if (grant === undefined) return [];
  const covers = grant.environment === row.environment && grant.build === valueOf(row.build)?.digest && grant.consumedBy === row.number && Date.parse(row.production.intendedAt) < grant.expiresAt && grant.ledgerIndex < row.proof.index;
  return covers ? [] : [problem('grant-missing', `Override ${override} does not cover ${nameOf(row)}: it is for another build or environment, was used before, had expired, or came later.`, [grant.ledgerIndex, row.proof.index])];
}

function independenceOf(row: Deployment, { override, requester, approvers, index }: EmergencyEvidence): readonly Found[] {
  const parts = (valueOf(row.changes) ?? []).flatMap(({ contributors }) => valueOf(contributors) ?? []);
  return approvers.flatMap((person) => [
    ...(person.id === requester.id ? [problem('own-override', `${person.login} approved override ${override} and had requested it.`, [index])] : []),
    ...(isAmong(person, parts) ? [problem('own-override', `${person.login} approved override ${override} and contributed to what it let through.`, [index])] : []),
  ]);
}

/** The review that an override owes: overdue when it was seen open after its day, unknown when nobody has looked since. */
function followUpOf(row: Deployment, { override, review, index }: EmergencyEvidence, { until, zone }: Time): readonly Found[] {
  const { outcome } = row.production;
  if ('notRecorded' in review) return outcome === 'abandoned' || outcome === 'refused' || outcome === 'unknown' ? [] : [problem('follow-up-missing', `Override ${override} was used, and ${review.notRecorded}.`, [index])];
  const { issue, dueAt, state, seenAt } = review.recorded;
  if (state === 'closed' || Date.parse(dueAt) >= until) return [];
  if (seenAt !== null && seenAt >= dueAt) return [problem('follow-up-overdue', `The review of override ${override}, issue #${issue}, was due ${when(dueAt, zone)} and was still open ${when(seenAt, zone)}.`, [index])];
  return [problem('follow-up-unknown', `The review of override ${override}, issue #${issue}, was due ${when(dueAt, zone)}, and the ledger does not say that it was done; ${seenAt === null ? 'no decision has looked at it' : `it was last seen open ${when(seenAt, zone)}`}.`, [index])];
}
