import { ascending } from '../ascending.ts';
import { completeList, partialList } from '../facts/fact.ts';
import type { FactList } from '../facts/fact.ts';
import type { MergeFacts } from '../facts/merge-facts.ts';
import type { Person } from '../facts/shared.ts';
import { byText } from '../wording.ts';
import { contributionsTo, eachContribution, partText } from './contributions.ts';
import type { Signing, Worth } from './contributions.ts';

/** Someone who is known to have had a part, and what the best of their parts is worth. */
export type Participant = { readonly person: Person; readonly worth: Worth };

export type Participants = {
  /** In the order of their ids. */
  readonly known: readonly Participant[];
  /** Somebody who is not known had a part that makes a contributor. */
  readonly someUnknown: boolean;
};

const rank: Readonly<Record<Worth, number>> = { proven: 2, claimed: 1, void: 0 };

/**
 * Everyone who had a part. Of several spellings of one account the one that keeps it from approving, then the first in text order, so
 * that no order of facts matters.
 */
export function participantsIn(signing: Signing, facts: MergeFacts): Participants {
  const people = new Map<number, { person: Person; worth: Worth }>();
  let someUnknown = false;
  let last: { person: Person; worth: Worth } | undefined;
  eachContribution(signing, facts, (fact, worth) => {
    if (!('known' in fact)) {
      someUnknown ||= worth !== 'void';
      return;
    }
    const person = fact.known;
    // Mostly the same as before: who commits is who wrote it.
    const other = last?.person.id === person.id ? last : people.get(person.id);
    if (other === undefined) {
      last = { person, worth };
      people.set(person.id, last);
      return;
    }
    if (isPreferred(person, other.person)) other.person = person;
    if (worth !== other.worth && rank[worth] > rank[other.worth]) other.worth = worth;
    last = other;
  });
  return { known: ascending([...people.values()], ({ person }) => person.id), someUnknown };
}

function isPreferred(a: Person, b: Person): boolean {
  if (a.login === b.login && a.kind === b.kind) return false;
  return (a.kind === 'user') === (b.kind === 'user') ? a.login < b.login : b.kind === 'user';
}

/** Those who count as contributors. */
export const contributorsAmong = ({ known }: Participants): readonly Person[] => known.filter(({ worth }) => worth !== 'void').map(({ person }) => person);

/** Everyone known to have contributed, by id; incomplete when any part or list is not known. */
export function contributorsOf(signing: Signing, facts: MergeFacts): FactList<Person> {
  const participants = participantsIn(signing, facts);
  const items = contributorsAmong(participants);
  const missing = [...incompleteSources(facts).map(({ what, why }) => `${what}: ${why}`), ...unknownParts(signing, facts).map(({ part, why }) => `${part}: ${why}`)];
  return missing.length === 0 ? completeList(items) : partialList(items, missing.join('; '));
}

/** Parts of people who are not known, in words: `author of commit 1a2b3c4d5e6f`, and why. */
export function unknownParts(signing: Signing, facts: MergeFacts): readonly { readonly part: string; readonly why: string }[] {
  const parts = contributionsTo(signing, facts).flatMap((contribution) => ('unknown' in contribution.person && contribution.worth !== 'void' ? [{ part: partText(contribution), why: contribution.person.unknown }] : []));
  return parts.sort((a, b) => byText(a.part, b.part) || byText(a.why, b.why));
}

/** Which lists that contributors come from were cut short, and what is missing of them. */
export function incompleteSources({ commits, formerCommits, pushes }: MergeFacts): readonly { readonly what: string; readonly why: string }[] {
  const missing: { readonly what: string; readonly why: string }[] = [];
  if (!commits.complete) missing.push({ what: 'commits', why: commits.missing });
  if (!formerCommits.complete) missing.push({ what: 'commits of earlier heads', why: formerCommits.missing });
  if (!pushes.complete) missing.push({ what: 'pushes', why: pushes.missing });
  return missing;
}
