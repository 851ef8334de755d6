import { known, unknown } from '@sallyport/gates';
import type { Fact, FactList } from '@sallyport/gates';
import { comparison } from './answers/commit.ts';
import type { CommitAnswer } from './answers/commit.ts';
import { listFact, readPagesOr } from './paginate.ts';
import { remember } from './remember.ts';
import { of } from './repository.ts';
import type { Place } from './repository.ts';

/** Where a commit left the base, and what it has that the base has not, oldest first. */
export type Compared = { readonly mergeBase: string; readonly mergeBaseTree: string; readonly commits: FactList<CommitAnswer> };

/** Each commit is asked for once. */
export type CompareWithBase = (commit: string) => Promise<Fact<Compared>>;

/** `base`: a branch or a commit. How many commits the head has is known beforehand, so its pages go out at once. */
export function compareWithBase(place: Place, base: string, head: { readonly sha: string; readonly commits: number } | null = null): CompareWithBase {
  return remember(async (commit) => {
    const answer = await readPagesOr(place.client, [404], { route: 'GET /repos/{owner}/{repo}/compare/{basehead}', parameters: { ...of(place), basehead: `${base}...${commit}` }, shape: comparison, why: 'to find where it left the base' }, { counted: commit === head?.sha ? head.commits : 0 });
    // Also for histories without a common commit.
    if (!answer.ok) return unknown(`where ${commit} left ${base} is not known: ${answer.message}`);
    const [first] = answer.pages;
    if (first === undefined) return unknown(`GitHub compares ${commit} with ${base} by nothing`);
    const { sha: mergeBase, commit: at } = first.merge_base_commit;
    const commits = listFact(`commits of ${commit}`, answer.pages.flatMap((page) => page.commits), { ended: answer.ended, total: first.total_commits });
    return known({ mergeBase, mergeBaseTree: at.tree.sha, commits });
  });
}
