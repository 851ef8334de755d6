import { describeInstant } from '@sallyport/calendar';
import type { RecordedPromotion } from '@sallyport/pipeline';
import type { Colors } from 'picocolors/types.js';
import { iso, timetableDocument } from '../commands/window-options.ts';
import type { EnvironmentStatus, Status } from '../gather-status.ts';
import { entryCount, plain } from './plain.ts';
import { renderOpenings, renderTimetable } from './timetable-text.ts';

/** A status for a terminal or a log. */
export function renderStatus(status: Status, colors: Colors): string {
  const zone = status.environments.map(({ timetable }) => timetable.window?.zone).find((name) => name !== undefined) ?? 'UTC';
  const sections = [
    ...status.environments.map((environment) => renderEnvironment(environment, zone, colors)),
    section('holds', status.holds.map(({ issue, owner, reason, since }) => `#${issue} by ${plain(owner.login)} since ${describeInstant(since, zone)}: ${plain(reason)}`), colors),
    section('override requests', status.requests.map(({ id, requester, environment, build, reason }) => `#${plain(id)} by ${plain(requester.login)}: ${plain(build.slice(0, 19))} to ${plain(environment)}: ${plain(reason)}`), colors),
    section('reviews', status.reviews.map(({ review, overdue }) => `#${review.issue} of override #${plain(review.override)}, due ${describeInstant(Date.parse(review.dueAt), zone)}${overdue ? colors.red(' OVERDUE') : ''}`), colors),
    [`${colors.bold('ledger')}  ${entryCount(status.ledger.size)}, root ${status.ledger.root}`],
    ...(status.missing.length === 0 ? [] : [[colors.magenta('not known'), ...status.missing.map((missing) => `  ${plain(missing)}`)]]),
  ];
  return `${colors.bold(`${status.repository.owner}/${status.repository.name}`)} at ${describeInstant(status.at, zone)}\n\n${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function renderEnvironment({ name, running, underWay, timetable, schedule, drift, nothing }: EnvironmentStatus, zone: string, colors: Colors): readonly string[] {
  const runs = running === null ? 'nothing promoted yet' : `${running.version} (${running.tag}) since ${describeInstant(sinceOf(running), zone)}`;
  return [
    colors.bold(name),
    `  runs       ${runs}`,
    ...underWay.map(({ version, tag, at }) => `  under way  ${version} (${tag}) since ${describeInstant(at, zone)}`),
    ...(nothing === null ? [] : [`  ${colors.red('not deployed')}  ${plain(nothing.what)}`, `    ${plain(nothing.next)}`]),
    ...(schedule === null ? [] : [`  scheduled  ${schedule.build === null ? 'what is ready' : schedule.build.slice(0, 19)} for ${describeInstant(schedule.from, zone)}, by ${plain(schedule.by.login)}`]),
    ...(drift === null ? [] : [`  ${colors.red('drift')}      run ${drift.run} found something else than promotion ${drift.promotion} running, ${describeInstant(Date.parse(drift.at), zone)}`]),
    ...renderTimetable(timetable, colors).map((line) => `  ${line}`),
    ...renderOpenings(timetable).map((line) => `  next ${line}`),
  ];
}

const section = (title: string, lines: readonly string[], colors: Colors): readonly string[] => [`${colors.bold(title)}${lines.length === 0 ? '  none' : ''}`, ...lines.map((line) => `  ${line}`)];

const sinceOf = ({ end, at }: RecordedPromotion): number => (end === null ? at : Date.parse(end.endedAt));

/** The same as JSON, instants in ISO 8601. */
export function statusDocument(status: Status): Record<string, unknown> {
  const promotion = ({ version, build, commit, number, tag, override }: RecordedPromotion) => ({ version, build, commit, number, tag, override });
  return {
    schema: 1,
    repository: `${status.repository.owner}/${status.repository.name}`,
    at: iso(status.at),
    environments: status.environments.map(({ name, running, underWay, timetable, schedule, drift, nothing }) => ({
      name,
      running: running === null ? null : { ...promotion(running), since: iso(sinceOf(running)) },
      underWay: underWay.map((one) => ({ ...promotion(one), since: iso(one.at) })),
      window: timetableDocument(timetable),
      ...(schedule === null ? {} : { schedule: { from: iso(schedule.from), to: iso(schedule.to), build: schedule.build, by: schedule.by } }),
      ...(nothing === null ? {} : { notDeployed: { ...promotion(nothing.promotion), outcome: nothing.promotion.end?.outcome, what: nothing.what, next: nothing.next } }),
      ...(drift === null ? {} : { drift: { promotion: drift.promotion, run: drift.run, at: drift.at } }),
    })),
    holds: status.holds.map((hold) => ({ ...hold, since: iso(hold.since) })),
    overrideRequests: status.requests.map((request) => ({ ...request, requestedAt: iso(request.requestedAt) })),
    reviews: status.reviews.map(({ review: { override, issue, dueAt }, overdue }) => ({ override, issue, dueAt, overdue })),
    ledger: { size: status.ledger.size, root: status.ledger.root },
    missing: status.missing,
  };
}
