import type { Instant } from '@sallyport/calendar';
import type { Policy } from '@sallyport/policy';
import type { MergeFacts, PushFact } from '../facts/merge-facts.ts';
import type { Person } from '../facts/shared.ts';
import { contributorsAmong, participantsIn } from './contributors.ts';
import type { Participants } from './contributors.ts';
import { headBefore, movementsOf } from './movements.ts';
import type { BoundHead } from './movements.ts';
import { latestOpinions } from './opinions.ts';
import type { Opinion } from './opinions.ts';
import { personOf } from './same-person.ts';
import type { PersonOf } from './same-person.ts';

/** What several rules of one decision need, worked out once. */
export type Readings = {
  readonly participants: Participants;
  /** Those who count as contributors, in the order of their ids. */
  readonly contributors: readonly Person[];
  readonly contributorIds: ReadonlySet<number>;
  /** Those of them that are no people. */
  readonly machines: readonly Person[];
  /** The persons behind the contributors' accounts. */
  readonly contributingPersons: ReadonlySet<number>;
  readonly personOf: PersonOf;
  /** Oldest first; null when the history is not whole. */
  readonly movements: readonly PushFact[] | null;
  /** The head that the push history ends at; null when it tells none. */
  readonly lastHead: BoundHead | null;
  /** Whatever was said at or before this was about another base; null when the base never moved. */
  readonly baseMovedAt: Instant | null;
  /** Each person's latest opinion, by the person's id. */
  readonly opinions: ReadonlyMap<number, Opinion>;
};

export function readChange({ merge }: Policy, facts: MergeFacts): Readings {
  const participants = participantsIn(merge.review, facts);
  const contributors = contributorsAmong(participants);
  const contributorIds = new Set(contributors.map(({ id }) => id));
  const standsFor = personOf(merge.review.people);
  const movements = movementsOf(facts);
  return {
    participants,
    contributors,
    contributorIds,
    machines: contributors.filter(({ kind }) => kind !== 'user'),
    contributingPersons: merge.review.people.length === 0 ? contributorIds : new Set(contributors.map(({ id }) => standsFor(id))),
    personOf: standsFor,
    movements,
    lastHead: movements === null ? null : headBefore(movements, Infinity),
    baseMovedAt: lastMove(facts),
    opinions: latestOpinions(facts),
  };
}

function lastMove({ baseMoves }: MergeFacts): Instant | null {
  let last: Instant | null = null;
  for (const { movedAt } of baseMoves.items) if (last === null || movedAt > last) last = movedAt;
  return last;
}
