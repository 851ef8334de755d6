import type { ReleaseFacts } from '@sallyport/gates';
import { calendarsAt, describeToNothing, driftIn, holdsIn, lastSucceeded, openPromotions, openRequests, scheduleIn } from '@sallyport/pipeline';
import type { OutsideReader, OverrideRequest, RecordedPromotion, RecordedReview } from '@sallyport/pipeline';
import type { TreeHead } from '@sallyport/ledger';
import type { Timetable } from './commands/window-options.ts';
import { timetableOf } from './commands/window-options.ts';
import { loadRecord } from './load-record.ts';
import { freezesOf } from './window-freezes.ts';

export type EnvironmentStatus = { readonly name: string; readonly running: RecordedPromotion | null; readonly underWay: readonly RecordedPromotion[]; readonly timetable: Timetable; /** The opening that was named for it; null when none is. */ readonly schedule: ReturnType<typeof scheduleIn>; /** Found of the promotion that runs; null: none was. */ readonly drift: ReturnType<typeof driftIn>; /** The latest promotion, if its deploy was never let in. */ readonly nothing: ReturnType<typeof describeToNothing> };

export type OpenReview = { readonly review: RecordedReview; readonly overdue: boolean };

export type Status = {
  readonly repository: { readonly owner: string; readonly name: string };
  readonly at: number;
  readonly environments: readonly EnvironmentStatus[];
  readonly holds: ReleaseFacts['holds']['items'];
  readonly requests: readonly OverrideRequest[];
  readonly reviews: readonly OpenReview[];
  readonly ledger: TreeHead;
  /** What could not be learnt, in sentences. */
  readonly missing: readonly string[];
};

/** Reads a repository's state, by GitHub's clock where it tells one. Throws as loadRecord does. */
export async function gatherStatus(outside: OutsideReader): Promise<Status> {
  const [{ repository, policy, ledger, state }, clock, holds] = await Promise.all([loadRecord(outside), outside.clock.read(), outside.desk.listHolds()]);
  const at = clock.serverAt ?? clock.localAt;
  const [requests, tasks, calendars] = await Promise.all([
    openRequests(outside.desk, state),
    Promise.all([...state.reviews.values()].map(async (review) => ({ review, issue: await outside.desk.reviewState(review.issue) }))),
    calendarsAt(outside.calendars, policy.sealed.value, clock)(),
  ]);
  const freezes = freezesOf(policy.sealed.value, { ...(calendars === undefined ? {} : { calendars }) }, at);
  const open = tasks.filter(({ issue }) => !('known' in issue && issue.known === 'closed'));
  return {
    repository,
    at,
    environments: policy.sealed.value.environments.map((environment) => ({
      name: environment.name,
      running: lastSucceeded(state, environment.name),
      underWay: openPromotions(state, environment.name),
      schedule: scheduleIn(state, environment.name),
      drift: driftIn(state, environment.name),
      nothing: describeToNothing(state, environment.name),
      timetable: timetableOf({ policy: policy.sealed.value, environment, at, freezes }, 1),
    })),
    holds: [...holds.items, ...policy.sealed.value.environments.flatMap(({ name }) => holdsIn(state, name).map((hold) => ({ ...hold, reason: `${name}: ${hold.reason}` })))],
    requests: requests.requests.filter(({ id, open: isOpen }) => isOpen && !state.grants.has(id)),
    reviews: open.map(({ review }) => ({ review, overdue: Date.parse(review.dueAt) <= at })),
    ledger: ledger.head,
    missing: [
      ...(clock.serverAt === null ? ["GitHub told no time, so this machine's is shown."] : []),
      ...(holds.complete ? [] : [`Not all holds: ${holds.missing}.`]),
      ...(requests.missing === null ? [] : [`Not all override requests: ${requests.missing}.`]),
      ...open.flatMap(({ review, issue }) => ('unknown' in issue ? [`The state of review #${review.issue}: ${issue.unknown}.`] : [])),
    ],
  };
}
