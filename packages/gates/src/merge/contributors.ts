import type { ReviewPolicy } from '@sallyport/policy';
import { completeList, partialList } from '../facts/fact.ts';
import type { Fact, FactList } from '../facts/fact.ts';
import type { CommitFact, MergeFacts } from '../facts/merge-facts.ts';
import type { Person } from '../facts/shared.ts';
import { byId, byText, shortSha } from '../wording.ts';
import { signerOf } from './signatures.ts';

/** One part someone had in a change. `claimed`: a commit says so, and nothing proves it. */
export type Contribution = { readonly part: string; readonly person: Fact<Person>; readonly claimed: boolean };

/**
 * Every part anyone had over the whole life of the pull request: author, authors, committers and co-authors of commits, also of
 * those that a force-push took away, pushers, and whoever set a machine to work that had a part.
 */
export function contributionsTo(facts: MergeFacts): readonly Contribution[] {
  const { pullRequest, commits, formerCommits, pushes } = facts;
  const own: Contribution[] = [{ part: 'author of the pull request', person: pullRequest.author, claimed: false }];
  for (const commit of commits.items) addCommit(own, commit, '');
  for (const commit of formerCommits.items) addCommit(own, commit, ', which an earlier head held');
  for (const { after, actor } of pushes.items) own.push({ part: `pusher of ${shortSha(after)}`, person: actor, claimed: false });
  return [...own, ...instigators(facts, machinesIn(own))];
}

function addCommit(contributions: Contribution[], commit: CommitFact, where: string): void {
  const sha = shortSha(commit.sha);
  const signer = signerOf(commit);
  const isClaim = (person: Fact<Person>): boolean => !('known' in person && signer !== null && signer.id === person.known.id);
  contributions.push({ part: `author of commit ${sha}${where}`, person: commit.author, claimed: isClaim(commit.author) });
  if (!commit.committedByGitHub) contributions.push({ part: `committer of commit ${sha}${where}`, person: commit.committer, claimed: isClaim(commit.committer) });
  for (const person of commit.coAuthors) contributions.push({ part: `co-author of commit ${sha}${where}`, person, claimed: true });
}

/** Accounts that are no people and had a part, by id. */
export function machinesIn(contributions: readonly Contribution[]): ReadonlyMap<number, Person> {
  const machines = new Map<number, Person>();
  for (const { person } of contributions) if ('known' in person && person.known.kind !== 'user') machines.set(person.known.id, person.known);
  return machines;
}

/** Who set one of these machines to work. Where it is not said which machine, it may have been any. */
function instigators({ instigations }: MergeFacts, machines: ReadonlyMap<number, Person>): readonly Contribution[] {
  if (machines.size === 0) return [];
  return instigations.items
    .filter(({ machine }) => machine === null || machines.has(machine.id))
    .map(({ machine, person, how }) => ({ part: `person who set ${machine?.login ?? 'a machine'} to work (${how})`, person, claimed: false }));
}

/** Everyone known to have contributed, by id; incomplete when any part or list is not known. */
export function contributorsOf(facts: MergeFacts): FactList<Person> {
  const contributions = contributionsTo(facts);
  const missing = [
    ...listsOf(facts).flatMap(({ what, list }) => (list.complete ? [] : [`${what}: ${list.missing}`])),
    ...contributions.flatMap(({ part, person }) => ('unknown' in person ? [`${part}: ${person.unknown}`] : [])).sort(byText),
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

/**
 * Who counts as a contributor under this policy. Where signatures are required, a name in the author field that neither signed, pushed
 * nor co-authored anything disqualifies nobody: anyone can write it there (M08). Without them every claim counts.
 */
export function countedContributions(policy: ReviewPolicy, facts: MergeFacts, contributions: readonly Contribution[]): readonly Contribution[] {
  if (policy.signatures !== 'required') return contributions;
  const current = new Set(facts.commits.items.map(({ sha }) => `author of commit ${shortSha(sha)}`));
  return contributions.filter(({ part, claimed }) => !(claimed && current.has(part)));
}
