import { known, unknown } from '@sallyport/gates';
import type { Fact, FactList } from '@sallyport/gates';
import type * as z from 'zod';
import { comparison } from './answers/commit.ts';
import type { CommitAnswer } from './answers/commit.ts';
import type { AnswerOr, GitHubClient, Question } from './client.ts';
import { askFirstPageOr, listFact, readPagesOr } from './paginate.ts';
import type { Pages } from './paginate.ts';
import { remember } from './remember.ts';
import { of } from './repository.ts';
import type { Place } from './repository.ts';
import { isWholeComparison, mayBeginComparison } from './whole-comparison.ts';

/** Where a commit left the base, and what it has that the base has not, oldest first. */
export type Compared = { readonly mergeBase: string; readonly mergeBaseTree: string; readonly commits: FactList<CommitAnswer> };

/** Each commit is asked for once. */
export type CompareWithBase = (commit: string) => Promise<Fact<Compared>>;

/** A pull request's head, how many commits GitHub counts for it, and the first page of them where that is to stand in for the comparison's. */
export type OwnHead = { readonly sha: string; readonly commits: number; readonly firstCommits: readonly CommitAnswer[] };

type Comparison = z.output<typeof comparison>;
type Read = ({ readonly ok: true } & Pages<Comparison>) | Extract<AnswerOr<Comparison>, { ok: false }>;

/** `base`: a branch or a commit. How many commits the head has is known beforehand, so its pages go out at once. */
export function compareWithBase(place: Place, base: string, head: OwnHead | null = null): CompareWithBase {
  return remember(async (commit) => {
    const question = { route: 'GET /repos/{owner}/{repo}/compare/{basehead}', parameters: { ...of(place), basehead: `${base}...${commit}` }, shape: comparison, why: 'to find where it left the base' };
    const answer = commit === head?.sha ? await readOwn(place.client, question, head) : await readPagesOr(place.client, [404], question);
    // Also for histories without a common commit.
    if (!answer.ok) return unknown(`where ${commit} left ${base} is not known: ${answer.message}`);
    const [first] = answer.pages;
    if (first === undefined) return unknown(`GitHub compares ${commit} with ${base} by nothing`);
    const { sha: mergeBase, commit: at } = first.merge_base_commit;
    const commits = listFact(`commits of ${commit}`, answer.pages.flatMap((page) => page.commits), { ended: answer.ended, total: first.total_commits });
    return known({ mergeBase, mergeBaseTree: at.tree.sha, commits });
  });
}

/**
 * Every page says the merge base and how many commits there are in all (required of a `commit-comparison` in GitHub's OpenAPI
 * description); the first lists files besides, which nobody reads here (REST, “Compare two commits”, November 2026). So the first page
 * is not asked for where that of the pull request's own list proves to be the same. It need not be: that list is of the head and the
 * base as they were at other moments. Then the first page is asked for after all.
 */
async function readOwn(client: GitHubClient, question: Question<Comparison>, { sha, commits: counted, firstCommits }: OwnHead): Promise<Read> {
  if (!mayBeginComparison(firstCommits)) return readPagesOr(client, [404], question, { counted });
  const rest = await readPagesOr(client, [404], question, { counted, after: 1 });
  if (!rest.ok) return rest;
  const [told] = rest.pages;
  const commits = [...firstCommits, ...rest.pages.flatMap((page) => page.commits)];
  if (told !== undefined && isWholeComparison(commits, { head: sha, mergeBase: told.merge_base_commit.sha, total: told.total_commits })) return { ok: true, pages: [{ ...told, commits }], ended: true };
  const first = await askFirstPageOr(client, [404], question);
  return first.ok ? { ok: true, pages: [first.data, ...rest.pages], ended: rest.ended } : first;
}
