import type { ReviewPolicy } from '@sallyport/policy';
import type { Fact } from '../facts/fact.ts';
import type { CommitFact, InstigationFact, MergeFacts } from '../facts/merge-facts.ts';
import type { Person } from '../facts/shared.ts';
import { shortSha } from '../wording.ts';
import { signerOf } from './signatures.ts';

/**
 * What a part is worth. `claimed`: a commit says so and nothing proves it, which still makes a contributor. `void`: it makes none. Where
 * signatures are required, that is a name in the author field of a commit that somebody else signed: anyone can write it there, to
 * keep a reviewer out (M08), or leave it without an account (M07).
 */
export type Worth = 'proven' | 'claimed' | 'void';

/** One part someone had in a change. */
export type Contribution = {
  readonly person: Fact<Person>;
  readonly worth: Worth;
  readonly as: 'opener' | 'author' | 'committer' | 'co-author' | 'pusher' | 'instigator';
  /** The commit it is about, or which machine was set to work and how; empty for who opened the pull request. */
  readonly of: string;
  /** Of a commit: it was on an earlier head, and is no longer on this one. */
  readonly former: boolean;
};

export type Signing = Pick<ReviewPolicy, 'signatures'>;

type Visit = (person: Fact<Person>, worth: Worth, as: Contribution['as'], of: string, former: boolean) => void;

/**
 * Calls `visit` for every part anyone had over the whole life of the pull request: who opened it, authors, committers and co-authors of
 * commits, also of those that a force-push took away, pushers, and whoever set a machine to work that had a part. A change has
 * hundreds of parts and few people, so none is made into an object before somebody asks for it by `contributionsTo`.
 */
export function eachContribution(signing: Signing, facts: MergeFacts, visit: Visit): void {
  visitOwnParts(signing, facts, visit);
  if (facts.instigations.items.length > 0) visitInstigations(signing, facts, visit);
}

function visitOwnParts(signing: Signing, { pullRequest, commits, formerCommits, pushes }: MergeFacts, visit: Visit): void {
  visit(pullRequest.author, 'proven', 'opener', '', false);
  for (const commit of commits.items) visitCommit(signing, commit, false, visit);
  for (const commit of formerCommits.items) visitCommit(signing, commit, true, visit);
  for (const { actor, after } of pushes.items) visit(actor, 'proven', 'pusher', after, false);
}

function visitCommit({ signatures }: Signing, commit: CommitFact, former: boolean, visit: Visit): void {
  const { sha, author, committer, coAuthors, committedByGitHub } = commit;
  const signer = signerOf(commit);
  const worth = worthOf(author, signer);
  visit(author, worth === 'claimed' && signer !== null && signatures === 'required' ? 'void' : worth, 'author', sha, former);
  if (!committedByGitHub) visit(committer, worthOf(committer, signer), 'committer', sha, former);
  for (const person of coAuthors) visit(person, 'claimed', 'co-author', sha, former);
}

const worthOf = (person: Fact<Person>, signer: Person | null): Worth => (signer !== null && 'known' in person && person.known.id === signer.id ? 'proven' : 'claimed');

/** Whoever set a machine to work that had a part, and where that was a machine again, whoever set that one to work. */
function visitInstigations(signing: Signing, facts: MergeFacts, visit: Visit): void {
  const machines = new Set<number>();
  const note = (person: Fact<Person>, worth: Worth): void => {
    if (worth !== 'void' && 'known' in person && person.known.kind !== 'user') machines.add(person.known.id);
  };
  visitOwnParts(signing, facts, note);
  // Where it is not said which machine was set to work, it may have been any.
  const isMeant = ({ machine }: InstigationFact): boolean => machines.size > 0 && (machine === null || machines.has(machine.id));
  let left = facts.instigations.items;
  while (left.some(isMeant)) {
    const meant = left.filter(isMeant);
    left = left.filter((instigation) => !meant.includes(instigation));
    for (const { person, machine, how } of meant) {
      visit(person, 'proven', 'instigator', `${machine?.login ?? 'a machine'} to work (${how})`, false);
      note(person, 'proven');
    }
  }
}

/** The same as a list, for words about them. */
export function contributionsTo(signing: Signing, facts: MergeFacts): readonly Contribution[] {
  const contributions: Contribution[] = [];
  eachContribution(signing, facts, (person, worth, as, of, former) => contributions.push({ person, worth, as, of, former }));
  return contributions;
}

/** For sentences: `author of commit 1a2b3c4d5e6f`. */
export function partText({ as, of, former }: Contribution): string {
  switch (as) {
    case 'opener':
      return 'author of the pull request';
    case 'author':
    case 'committer':
    case 'co-author':
      return `${as} of commit ${shortSha(of)}${former ? ', which an earlier head held' : ''}`;
    case 'pusher':
      return `pusher of ${shortSha(of)}`;
    case 'instigator':
      return `person who set ${of}`;
    default:
      return as satisfies never;
  }
}
