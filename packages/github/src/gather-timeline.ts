import { completeList, partialList } from '@sallyport/gates';
import type { BaseMoveFact, Fact, InstigationFact, MergeFacts, Person, ReviewFact } from '@sallyport/gates';
import * as z from 'zod';
import { lineComment } from './answers/timeline.ts';
import type { TimelineEvent } from './answers/timeline.ts';
import { personFact } from './answers/shared.ts';
import type { Listed } from './gather-opening.ts';
import { mentionsMachine } from './mentions.ts';
import { readPages } from './paginate.ts';
import { of } from './repository.ts';
import type { Place } from './repository.ts';

const tooLong = 'its timeline is longer than is read';

export type Dismissal = { readonly by: Fact<Person>; readonly stateBefore: ReviewFact['dismissedState'] };

const statesBefore = new Map<string, NonNullable<ReviewFact['dismissedState']>>([['approved', 'approved'], ['changes_requested', 'changes-requested'], ['commented', 'commented']]);

/** The latest dismissal of each review: the review itself does not name who dismissed it. */
export function dismissalsIn(events: readonly TimelineEvent[]): ReadonlyMap<number, Dismissal> {
  return new Map(
    events.flatMap((event): [number, Dismissal][] =>
      event.event === 'review_dismissed' ? [[event.dismissed_review.review_id, { by: personFact(event.actor ?? null, 'GitHub does not say who dismissed it'), stateBefore: statesBefore.get(event.dismissed_review.state.toLowerCase()) }]] : [],
    ),
  );
}

/** Base branches that were swapped by hand or by GitHub (when the branch below merged), and rewritten ones. */
export function baseMovesIn({ items, ended }: Listed<TimelineEvent>): MergeFacts['baseMoves'] {
  const moves = items.flatMap((event): BaseMoveFact[] => {
    switch (event.event) {
      case 'base_ref_changed':
      case 'automatic_base_change_succeeded':
        return [{ kind: 'retargeted', movedAt: event.created_at }];
      case 'base_ref_force_pushed':
        return [{ kind: 'rewritten', movedAt: event.created_at }];
      default:
        return [];
    }
  });
  return ended ? completeList(moves) : partialList(moves, tooLong);
}

/** Who set a machine to work. Comments are looked through for the machines that have a part in the change, and for those that set them to work. */
export async function gatherInstigations(place: Place, number: number, timeline: Listed<TimelineEvent>, machines: readonly Person[]): Promise<MergeFacts['instigations']> {
  // Comments on lines are no part of the timeline, and they matter only where a machine may have been called in one.
  const remarks = machines.length === 0 ? { pages: [], ended: true } : await readPages(place.client, { route: 'GET /repos/{owner}/{repo}/pulls/{pull_number}/comments', parameters: { ...of(place), pull_number: number }, shape: z.array(lineComment), why: 'to see who called a machine' });
  const lines = remarks.pages.flat().map(({ user, body, created_at: at, html_url: url }): Remark => ({ user, body, at, url }));
  const items = instigationsAmong(timeline.items, lines, machines);
  return timeline.ended && remarks.ended ? completeList(items) : partialList(items, tooLong);
}

function instigationsAmong(events: readonly TimelineEvent[], lines: readonly Remark[], machines: readonly Person[]): readonly InstigationFact[] {
  const found = [...events.flatMap((event) => instigationsIn(event, machines)), ...lines.flatMap((remark) => mentions(remark, machines))];
  const known = new Set(machines.map(({ id }) => id));
  const others = found.flatMap(({ person }) => ('known' in person && isMachine(person.known) && !known.has(person.known.id) ? [person.known] : []));
  return machines.length === 0 || others.length === 0 ? found : instigationsAmong(events, lines, [...machines, ...new Map(others.map((other) => [other.id, other])).values()]);
}

function instigationsIn(event: TimelineEvent, machines: readonly Person[]): readonly InstigationFact[] {
  switch (event.event) {
    case 'assigned':
      return isMachine(event.assignee) ? byPeople([event.assigner, event.actor], event.assignee, { machine: event.assignee, how: 'assigned', at: event.created_at, url: null }) : [];
    case 'review_requested':
      return isMachine(event.requested_reviewer) ? byPeople([event.review_requester, event.actor], event.requested_reviewer, { machine: event.requested_reviewer, how: 'requested', at: event.created_at, url: null }) : [];
    case 'copilot_work_started':
      // The actor is the person on whose word the session runs; where it is the machine itself, the event tells nothing.
      return byPeople([event.actor], null, { machine: null, how: 'started', at: event.created_at, url: null });
    case 'commented':
      return mentions({ user: event.user, body: event.body, at: event.created_at, url: event.html_url }, machines);
    case 'reviewed':
      return event.submitted_at === undefined ? [] : mentions({ user: event.user, body: event.body, at: event.submitted_at, url: event.html_url }, machines);
    case 'review_dismissed':
    case 'base_ref_changed':
    case 'automatic_base_change_succeeded':
    case 'base_ref_force_pushed':
      return [];
    default:
      return event satisfies never;
  }
}

type Account = Person | null | undefined;
const isMachine = (account: Account): account is Person => account !== null && account !== undefined && account.kind !== 'user';

/**
 * Everyone the event names as having done it: one too many only keeps someone from approving. Another machine did it where it names no
 * person; then whoever set that one to work is looked for. Nobody named is somebody unknown.
 */
function byPeople(named: readonly Account[], machine: Person | null, rest: Omit<InstigationFact, 'person'>): readonly InstigationFact[] {
  const accounts = named.filter((account) => account !== undefined);
  const people = new Map(accounts.flatMap((account) => (account?.kind === 'user' ? [[account.id, account] as const] : [])));
  if (people.size > 0) return [...people.values()].map((person) => ({ ...rest, person: { known: person } }));
  const other = accounts.find((account) => account !== null && machine !== null && account.id !== machine.id);
  if (other !== undefined && other !== null) return [{ ...rest, person: { known: other } }];
  const itself = accounts.some((account) => account !== null);
  return itself ? [] : [{ ...rest, person: { unknown: `GitHub does not say who set ${machine?.login ?? 'the machine'} to work` } }];
}

type Remark = { readonly user: Account; readonly body: string | null | undefined; readonly at: number; readonly url: string | null | undefined };

function mentions({ user, body, at, url }: Remark, machines: readonly Person[]): readonly InstigationFact[] {
  if (user?.kind !== 'user' && user !== null) return [];
  return machines
    .filter((machine) => mentionsMachine(body ?? '', machine))
    .map((machine) => ({ machine, person: personFact(user, `the account that called ${machine.login} no longer exists`), how: 'mentioned', at, url: url ?? null }));
}
