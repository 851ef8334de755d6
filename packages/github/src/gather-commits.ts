import { completeList, partialList } from '@sallyport/gates';
import type { CommitFact, FactList, MergeFacts, PushFact } from '@sallyport/gates';
import type { CommitAnswer } from './answers/commit.ts';
import type { CompareWithBase, OwnHead } from './compare-with-base.ts';
import { mostListedCommits } from './gather-opening.ts';
import type { Opening } from './gather-opening.ts';
import { listFact } from './paginate.ts';

/** Each earlier head costs a question. */
const mostFormerHeads = 20;

export type ReadCommits = (answers: readonly CommitAnswer[]) => Promise<readonly CommitFact[]>;

/** The commits of a pull request; more than GitHub lists for it are read by comparing its head with the base. */
export async function listCommits({ pull, commits }: Opening, compare: CompareWithBase): Promise<FactList<CommitAnswer>> {
  const list = pull.commits <= mostListedCommits ? await listAll(pull.commits, commits) : await compareAll(pull.head.sha, compare);
  // All was asked at once: the head may have moved between one answer and the next.
  return list.complete && !list.items.some(({ sha }) => sha === pull.head.sha) ? partialList(list.items, `the head ${pull.head.sha} is not among them; it may have moved while they were read`) : list;
}

/** The head as its comparison reads it. Where the pull request's list holds all commits, nothing is saved by its first page. */
export const ownHead = ({ pull, firstCommits }: Opening): OwnHead => ({ sha: pull.head.sha, commits: pull.commits, firstCommits: pull.commits <= mostListedCommits ? [] : firstCommits });

async function listAll(total: number, commits: Opening['commits']): Promise<FactList<CommitAnswer>> {
  const { items, ended } = await commits;
  return listFact('commits', items, { ended, total });
}

async function compareAll(head: string, compare: CompareWithBase): Promise<FactList<CommitAnswer>> {
  const compared = await compare(head);
  return 'unknown' in compared ? partialList([], compared.unknown) : compared.known.commits;
}

export async function commitsOf(list: FactList<CommitAnswer>, read: ReadCommits): Promise<MergeFacts['commits']> {
  const items = await read(list.items);
  return list.complete ? completeList(items) : partialList(items, list.missing);
}

/**
 * Commits that were in an earlier head and are in neither the head nor the base: a force-push takes commits away, never a contribution.
 * A plain push only adds, so only what other movements left behind is looked into.
 */
export async function gatherFormerCommits(commits: FactList<CommitAnswer>, pushes: MergeFacts['pushes'], { compare, read }: { readonly compare: CompareWithBase; readonly read: ReadCommits }): Promise<MergeFacts['formerCommits']> {
  if (!commits.complete) return partialList([], `what earlier heads held besides is not known while the commits are not: ${commits.missing}`);
  const left = leftHeads(commits.items, pushes.items);
  const compared = await Promise.all(left.slice(0, mostFormerHeads).map((head) => compare(head)));
  const current = new Set(commits.items.map(({ sha }) => sha));
  const former = new Map(compared.flatMap((one) => ('known' in one ? one.known.commits.items : [])).flatMap((commit) => (current.has(commit.sha) ? [] : [[commit.sha, commit] as const])));
  const items = await read([...former.values()]);
  const missing = [
    ...(pushes.complete ? [] : [pushes.missing]),
    ...(left.length > mostFormerHeads ? [`there were ${left.length} earlier heads, and only ${mostFormerHeads} are looked into`] : []),
    ...compared.flatMap((one) => ('unknown' in one ? [one.unknown] : one.known.commits.complete ? [] : [one.known.commits.missing])),
  ];
  return missing.length === 0 ? completeList(items) : partialList(items, missing.join('; '));
}

/** Heads that were left behind. What the head still holds, and the commits it grew from, are none. */
function leftHeads(commits: readonly CommitAnswer[], pushes: readonly PushFact[]): readonly string[] {
  const held = new Set(commits.flatMap(({ sha, parents }) => [sha, ...parents.map((parent) => parent.sha)]));
  const left = pushes.flatMap(({ kind, before }) => (kind === 'push' || kind === 'creation' || /^0+$/.test(before) ? [] : [before]));
  return [...new Set(left)].filter((head) => !held.has(head));
}
