import type { ReviewPolicy } from '@sallyport/policy';
import { completeList, partialList } from '../facts/fact.ts';
import type { Fact, FactList } from '../facts/fact.ts';
import type { CommitFact, InstigationFact, MergeFacts } from '../facts/merge-facts.ts';
import type { Person } from '../facts/shared.ts';
import { byId, byText, shortSha } from '../wording.ts';
import { signerOf } from './signatures.ts';

/** One part someone had in a change. `claimed`: a commit says so, and nothing proves it. */
export type Contribution = {
  readonly person: Fact<Person>;
  readonly claimed: boolean;
} & (
  | { readonly as: 'opener' }
  | { readonly as: 'author' | 'committer' | 'co-author'; readonly commit: CommitFact; /** On an earlier head, and no longer on this one. */ readonly former: boolean }
  | { readonly as: 'pusher'; readonly after: string }
  | { readonly as: 'instigator'; readonly instigation: InstigationFact }
);

type Signing = Pick<ReviewPolicy, 'signatures'>;

/**
 * Every part anyone had over the whole life of the pull request: who opened it, authors, committers and co-authors of commits, also
 * of those that a force-push took away, pushers, and whoever set a machine to work that had a part.
 */
export function contributionsTo(review: Signing, facts: MergeFacts): readonly Contribution[] {
  const own: Contribution[] = [{ as: 'opener', person: facts.pullRequest.author, claimed: false }];
  for (const commit of facts.commits.items) addCommit(own, commit, false);
  for (const commit of facts.formerCommits.items) addCommit(own, commit, true);
  for (const { after, actor } of facts.pushes.items) own.push({ as: 'pusher', after, person: actor, claimed: false });
  const machines = machinesIn(own.filter((contribution) => counts(review, contribution)));
  for (const instigation of facts.instigations.items) {
    // Where it is not said which machine was set to work, it may have been any.
    if (machines.size > 0 && (instigation.machine === null || machines.has(instigation.machine.id))) own.push({ as: 'instigator', instigation, person: instigation.person, claimed: false });
  }
  return own;
}

function addCommit(contributions: Contribution[], commit: CommitFact, former: boolean): void {
  const signer = signerOf(commit);
  const isClaim = (person: Fact<Person>): boolean => !('known' in person && signer !== null && signer.id === person.known.id);
  contributions.push({ as: 'author', commit, former, person: commit.author, claimed: isClaim(commit.author) });
  if (!commit.committedByGitHub) contributions.push({ as: 'committer', commit, former, person: commit.committer, claimed: isClaim(commit.committer) });
  for (const person of commit.coAuthors) contributions.push({ as: 'co-author', commit, former, person, claimed: true });
}

/**
 * Does this part make a contributor? Where signatures are required, a name in the author field of a commit that somebody signed says
 * nothing: anyone can write it there, to keep a reviewer out (M08), or leave it without an account (M07). Otherwise every claim counts.
 */
export const counts = ({ signatures }: Signing, contribution: Contribution): boolean => !(signatures === 'required' && contribution.as === 'author' && contribution.claimed && signerOf(contribution.commit) !== null);

/** Accounts that are no people and had a part, by id. */
export function machinesIn(contributions: readonly Contribution[]): ReadonlyMap<number, Person> {
  const machines = new Map<number, Person>();
  for (const { person } of contributions) if ('known' in person && person.known.kind !== 'user') machines.set(person.known.id, person.known);
  return machines;
}

/** For sentences: `author of commit 1a2b3c4d5e6f`. */
export function partText(contribution: Contribution): string {
  switch (contribution.as) {
    case 'opener':
      return 'author of the pull request';
    case 'author':
    case 'committer':
    case 'co-author':
      return `${contribution.as} of commit ${shortSha(contribution.commit.sha)}${contribution.former ? ', which an earlier head held' : ''}`;
    case 'pusher':
      return `pusher of ${shortSha(contribution.after)}`;
    case 'instigator':
      return `person who set ${contribution.instigation.machine?.login ?? 'a machine'} to work (${contribution.instigation.how})`;
    default:
      return contribution satisfies never;
  }
}

/** Everyone known to have contributed, by id; incomplete when any part or list is not known. */
export function contributorsOf(review: Signing, facts: MergeFacts): FactList<Person> {
  const contributions = contributionsTo(review, facts).filter((contribution) => counts(review, contribution));
  const missing = [
    ...listsOf(facts).flatMap(({ what, list }) => (list.complete ? [] : [`${what}: ${list.missing}`])),
    ...contributions.flatMap((contribution) => ('unknown' in contribution.person ? [`${partText(contribution)}: ${contribution.person.unknown}`] : [])).sort(byText),
  ];
  const items = peopleIn(contributions);
  return missing.length === 0 ? completeList(items) : partialList(items, missing.join('; '));
}

/** The lists that contributors come from. */
export const listsOf = (facts: MergeFacts): readonly { readonly what: string; readonly list: FactList<unknown> }[] => [
  { what: 'commits', list: facts.commits },
  { what: 'commits of earlier heads', list: facts.formerCommits },
  { what: 'pushes', list: facts.pushes },
];

/** Each known person once, by id; of several logins for one id the first in text order, so that no order of facts matters. */
export function peopleIn(contributions: readonly Contribution[]): readonly Person[] {
  const people = new Map<number, Person>();
  for (const { person } of contributions) {
    if (!('known' in person)) continue;
    const other = people.get(person.known.id);
    if (other === undefined || person.known.login < other.login) people.set(person.known.id, person.known);
  }
  return byId([...people.values()]);
}
