import { known, partialList } from '@sallyport/gates';
import type { Fact, FactList, MergeFacts, Person } from '@sallyport/gates';
import type { Policy } from '@sallyport/policy';
import type { CommitAnswer } from './answers/commit.ts';
import { createCommitReader } from './commit-facts.ts';
import { compareWithBase } from './compare-with-base.ts';
import type { CompareWithBase } from './compare-with-base.ts';
import { gatherCarryOver } from './gather-carry-over.ts';
import { commitsOf, gatherFormerCommits, listCommits, ownHead } from './gather-commits.ts';
import { describeFiles } from './describe-files.ts';
import { listFiles } from './gather-files.ts';
import type { Opening } from './gather-opening.ts';
import { gatherPushes } from './gather-pushes.ts';
import { meetsBaseOnce } from './meeting-points.ts';
import type { MergeAgain } from './merge-again.ts';
import { readTree, readTreeByPath } from './read-tree.ts';
import type { Place } from './repository.ts';
import { definedByBase } from './workflow-definition.ts';
import type { DefinedByBase } from './workflow-definition.ts';

export type ContentSources = {
  readonly opening: Opening;
  readonly policy: Policy;
  readonly reviews: Promise<MergeFacts['reviews']>;
  /** People whom GitHub has just named. */
  readonly accounts: readonly Person[];
  readonly mergeAgain: MergeAgain;
  /** What the tests ran on, and what that was merged with. */
  readonly judged: string;
  readonly onto: string;
};

export type Content = Pick<MergeFacts, 'commits' | 'formerCommits' | 'pushes' | 'files' | 'carryOver'> & { readonly treeSha: string };

/**
 * What the change is: its commits now and before, who moved its branch, its files, and whether earlier approvals are of the same.
 * `definition` is ready before the rest, for those who judge runs by it. Each question goes out as soon as what it needs is there.
 */
export function gatherContent(place: Place, { opening, policy, reviews, accounts, mergeAgain, judged, onto }: ContentSources): { readonly definition: Promise<DefinedByBase>; readonly content: Promise<Content> } {
  const { pull } = opening;
  const compare = compareWithBase(place, pull.base.ref, ownHead(opening));
  const read = createCommitReader(place, accounts);
  const listed = listCommits(opening, compare);
  const treeSha = treeOfHead(place, opening, listed);
  const tree = treeSha.then((sha) => readTreeByPath(place, sha));
  const changed = listFiles(pull, { place, compare, tree });
  const pushes = gatherPushes(place, pull);
  const commits = listed.then((list) => commitsOf(list, read));
  const formerCommits = Promise.all([listed, pushes, commits]).then(([list, moves]) => gatherFormerCommits(list, moves, { compare, read }));
  const carryOver = Promise.all([pushes, reviews]).then(([moves, given]) => gatherCarryOver({ head: pull.head.sha, reviews: given, pushes: moves, compare, mergeAgain }));
  const once = listed.then((list) => checkMeetings(place, list, pull.head.sha, compare));
  const files = Promise.all([changed, tree, once]).then(async ([list, entries, meets]) => {
    const described = await describeFiles(place, list, { tree: entries, policy });
    return 'unknown' in meets ? partialList(described.items, meets.unknown) : described;
  });
  const definition = Promise.all([listed, changed, tree]).then(([list, touched, entries]) => definedByBase(place, { commits: list, files: touched, tree: entries, head: judged, base: onto }));
  const content = Promise.all([treeSha, commits, formerCommits, pushes, files, carryOver, definition]).then(([sha, now, before, moves, paths, proofs]) => ({ treeSha: sha, commits: now, formerCommits: before, pushes: moves, files: paths, carryOver: proofs }));
  return { definition, content };
}

/** Asks where the change left its base only when it has merges: then what GitHub lists may not be all that a merge would change. */
async function checkMeetings(place: Place, commits: FactList<CommitAnswer>, head: string, compare: CompareWithBase): Promise<Fact<true>> {
  if (!commits.items.some(({ parents }) => parents.length > 1)) return known(true);
  const compared = await compare(head);
  return 'unknown' in compared ? compared : meetsBaseOnce(place, commits.items, compared.known.mergeBase);
}

/** The list of commits ends with the head and says its tree. Where the head is not among them it may have moved, and its tree is asked for. */
async function treeOfHead(place: Place, { pull, firstCommits }: Opening, listing: Promise<FactList<CommitAnswer>>): Promise<string> {
  const isHead = ({ sha }: CommitAnswer): boolean => sha === pull.head.sha;
  const listed = firstCommits.find(isHead) ?? (await listing).items.find(isHead);
  return listed === undefined ? readTree(place, pull.head.sha) : listed.commit.tree.sha;
}
