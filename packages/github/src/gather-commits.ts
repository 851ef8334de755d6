import type { CommitFact, FactList, MergeFacts, Person } from '@sallyport/gates';
import * as z from 'zod';
import { commitAnswer } from './answers/commit.ts';
import type { CommitAnswer } from './answers/commit.ts';
import type { PullAnswer } from './answers/pull.ts';
import { personFact } from './answers/shared.ts';
import { parseCoAuthors, resolveCoAuthor } from './co-authors.ts';
import type { Resolving } from './co-authors.ts';
import { findAccount } from './find-people.ts';
import { listFact, readPages } from './paginate.ts';
import { of } from './repository.ts';
import type { Place } from './repository.ts';

/** The account GitHub itself commits as (api.github.com/users/web-flow). */
const webFlowId = 19_864_447;

/** The commits of a pull request. GitHub lists at most 250; with more the list is incomplete. */
export async function gatherCommits(place: Place, pull: PullAnswer): Promise<MergeFacts['commits']> {
  const { pages, ended } = await readPages(place.client, { route: 'GET /repos/{owner}/{repo}/pulls/{pull_number}/commits', parameters: { ...of(place), pull_number: pull.number }, shape: z.array(commitAnswer), why: 'to read its commits' });
  const answers = pages.flat();
  const resolving: Resolving = { byAddress: addressesIn(answers), findAccount: remember((login) => findAccount(place, login)) };
  const items = await Promise.all(answers.map((answer) => commitFact(answer, resolving)));
  return listFact('commits', items, { ended, total: pull.commits }) satisfies FactList<CommitFact>;
}

async function commitFact({ sha, author, committer, commit }: CommitAnswer, resolving: Resolving): Promise<CommitFact> {
  return {
    sha,
    author: personFact(author, `GitHub ties its author’s address to no account`),
    committer: personFact(committer, `GitHub ties its committer’s address to no account`),
    coAuthors: await Promise.all(parseCoAuthors(commit.message).map((coAuthor) => resolveCoAuthor(coAuthor, resolving))),
    // Anyone can write GitHub's address into a commit; only GitHub can sign as it.
    committedByGitHub: committer?.id === webFlowId && commit.verification?.verified === true,
  };
}

function addressesIn(answers: readonly CommitAnswer[]): ReadonlyMap<string, Person> {
  return new Map(
    answers.flatMap(({ author, commit }): [string, Person][] => {
      const address = commit.author?.email?.toLowerCase();
      return author === null || address === undefined ? [] : [[address, author]];
    }),
  );
}

/** Asks once for each key, also when asked at the same time. */
export function remember<T>(ask: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const answers = new Map<string, Promise<T>>();
  return (key) => {
    const answer = answers.get(key) ?? ask(key);
    answers.set(key, answer);
    return answer;
  };
}
