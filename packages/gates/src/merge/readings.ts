import type { Instant } from '@sallyport/calendar';
import type { Policy } from '@sallyport/policy';
import type { MergeFacts, PushFact } from '../facts/merge-facts.ts';
import type { Person } from '../facts/shared.ts';
import { contributionsTo, counts, machinesIn, peopleIn } from './contributors.ts';
import type { Contribution } from './contributors.ts';
import { headBefore, movementsOf } from './movements.ts';
import type { BoundHead } from './movements.ts';
import { latestOpinions } from './opinions.ts';
import type { KnownReview } from './opinions.ts';
import { personOf } from './same-person.ts';
import type { PersonOf } from './same-person.ts';

/** What several rules of one decision need, worked out once. */
export type Readings = {
  /** Every part anyone had, also those that do not count. */
  readonly contributions: readonly Contribution[];
  /** The parts that make a contributor. */
  readonly counted: readonly Contribution[];
  /** Accounts that are no people and had a part that counts, by id. */
  readonly machines: ReadonlyMap<number, Person>;
  /** Those who count as contributors, by id. */
  readonly contributors: readonly Person[];
  readonly contributorIds: ReadonlySet<number>;
  /** The persons behind the contributors' accounts. */
  readonly contributingPersons: ReadonlySet<number>;
  readonly personOf: PersonOf;
  /** Oldest first; null when the history is not whole. */
  readonly movements: readonly PushFact[] | null;
  /** The head that the push history ends at; null when it tells none. */
  readonly lastHead: BoundHead | null;
  /** Whatever was said at or before this was about another base; null when the base never moved. */
  readonly baseMovedAt: Instant | null;
  readonly opinions: readonly KnownReview[];
};

export function readChange({ merge }: Policy, facts: MergeFacts): Readings {
  const contributions = contributionsTo(merge.review, facts);
  const counted = merge.review.signatures === 'required' ? contributions.filter((contribution) => counts(merge.review, contribution)) : contributions;
  const contributors = peopleIn(counted);
  const standsFor = personOf(merge.review.people);
  const movements = movementsOf(facts);
  return {
    contributions,
    counted,
    machines: machinesIn(counted),
    contributors,
    contributorIds: new Set(contributors.map(({ id }) => id)),
    contributingPersons: new Set(contributors.map(({ id }) => standsFor(id))),
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
