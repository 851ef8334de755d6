import { known, partialList, unknown } from '@sallyport/gates';
import type { Fact } from '@sallyport/gates';
import type { History, HistoryCommit } from '@sallyport/pipeline';
import * as z from 'zod';
import { gitRef } from './answers/commit.ts';
import { activity } from './answers/pull.ts';
import { accountOrNobody, instant, sha } from './answers/shared.ts';
import { findMerge } from './find-landing.ts';
import { listFact, readPagesOr } from './paginate.ts';
import { of } from './repository.ts';
import type { Place } from './repository.ts';

const comparedCommits = z.looseObject({
  total_commits: z.int().nonnegative(),
  commits: z.array(
    z.looseObject({
      sha,
      author: accountOrNobody,
      parents: z.array(z.looseObject({ sha })),
      commit: z.looseObject({ tree: z.looseObject({ sha }), committer: z.looseObject({ date: instant }).nullable() }),
    }),
  ),
});
type ComparedCommit = z.output<typeof comparedCommits>['commits'][number];

/** What happened to a branch of one repository. */
export function createHistory(place: Place): History {
  return {
    findTipAt: (branch, at) => findTipAt(place, branch, at),
    listHistory: (since, branch) => listHistory(place, since, branch),
    findChange: (commit, branch) => findMerge(place, commit, branch),
  };
}

/** The tip is settled first, so that what is pushed meanwhile does not mix with what is listed. */
async function listHistory(place: Place, since: string, branch: string): ReturnType<History['listHistory']> {
  const { data: tip } = await place.client.ask({ route: 'GET /repos/{owner}/{repo}/git/ref/{ref}', parameters: { ...of(place), ref: `heads/${branch}` }, shape: gitRef, why: 'to see where the branch is' });
  const { sha: head } = tip.object;
  const answer = await readPagesOr(place.client, [404], { route: 'GET /repos/{owner}/{repo}/compare/{basehead}', parameters: { ...of(place), basehead: `${since}...${head}` }, shape: comparedCommits, why: 'to list what came to the branch' });
  if (!answer.ok) return { tip: head, commits: partialList([], `what came to ${branch} since ${since} is not known: ${answer.message}`) };
  const newestFirst = answer.pages.flatMap(({ commits }) => commits.map(toCommit)).reverse();
  return { tip: head, commits: listFact('commits', newestFirst, { ended: answer.ended, total: answer.pages[0]?.total_commits ?? 0 }) };
}

const toCommit = ({ sha: id, author, parents, commit }: ComparedCommit): HistoryCommit => ({
  sha: id,
  parents: parents.map((parent) => parent.sha),
  tree: commit.tree.sha,
  author: author?.login ?? null,
  committedAt: commit.committer?.date ?? null,
});

/**
 * What the branch was made with, when the instant is before anything was in the repository. Only where every push since is told and none deleted the branch, and where
 * its creation was the first push of all: a branch that took over from another has a past of another name.
 */
async function firstTip(place: Place, branch: string, newestFirst: readonly z.output<typeof activity>[]): Promise<Fact<string>> {
  const first = newestFirst.at(-1);
  const isWhole = newestFirst.every(({ before, activity_type: type }, index) => type !== 'branch_deletion' && (index === newestFirst.length - 1 || before === newestFirst[index + 1]?.after));
  if (first === undefined || first.activity_type !== 'branch_creation' || !isWhole) return notTold(branch);
  const oldest = await place.client.askOr([403, 404], { route: 'GET /repos/{owner}/{repo}/activity', parameters: { ...of(place), direction: 'asc', per_page: 1 }, shape: z.array(activity), why: 'to see what came to the repository first' });
  return oldest.ok && oldest.data[0]?.id === first.id ? known(first.after) : notTold(branch);
}

const notTold = (branch: string): Fact<string> => unknown(`GitHub tells of no push to ${branch} by then; give the commit instead of a date`);

async function findTipAt(place: Place, branch: string, at: number): Promise<Fact<string>> {
  const answer = await readPagesOr(place.client, [403, 404], { route: 'GET /repos/{owner}/{repo}/activity', parameters: { ...of(place), ref: `refs/heads/${branch}` }, shape: z.array(activity), why: 'to see where the branch was' });
  if (!answer.ok) return unknown(`the pushes to ${branch} may not be read: ${answer.message}`);
  const newestFirst = answer.pages.flat();
  const index = newestFirst.findIndex(({ timestamp }) => timestamp <= at);
  const then = newestFirst[index];
  // What was before the oldest push that is remembered may be younger than the instant: it would hide what came between.
  if (then === undefined) return answer.ended ? firstTip(place, branch, newestFirst) : notTold(branch);
  const after = newestFirst[index - 1];
  if (after !== undefined && after.before !== then.after) return unknown(`GitHub does not tell every push to ${branch} since then; give the commit instead of a date`);
  return known(then.after);
}
